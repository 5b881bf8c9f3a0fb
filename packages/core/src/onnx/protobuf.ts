import { PbfWriter } from 'pbf';
import type { Attribute, Constant, Model, Node, Value } from './graph.ts';

// Field numbers of onnx.proto3. Source: https://github.com/onnx/onnx/blob/v1.12.0/onnx/onnx.proto3

/** ONNX 1.12's file format, which every ONNX Runtime since 1.12 reads. */
const IR_VERSION = 8;
/** The newest set for which onnxruntime's WebGPU provider has a GridSample kernel lies below 20. */
const OPSET = 17;

const FLOAT = 1;
const INT64 = 7;
const ATTRIBUTE_TYPE = { float: 1, int: 2, string: 3, ints: 7 } as const;

const HOST_IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Serialises a recorded graph as an ONNX `ModelProto`. */
export function encodeModel(model: Model): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeVarintField(1, IR_VERSION);
  pbf.writeStringField(2, model.producer);
  pbf.writeStringField(6, model.description);
  pbf.writeMessage(7, writeGraph, model);
  pbf.writeMessage(8, (_, opset) => opset.writeVarintField(2, OPSET), null);
  for (const entry of model.metadata) pbf.writeMessage(14, writeMetadata, entry);
  return pbf.finish();
}

function writeGraph(model: Model, pbf: PbfWriter): void {
  for (const node of model.nodes) pbf.writeMessage(1, writeNode, node);
  pbf.writeStringField(2, model.name);
  for (const constant of model.constants) pbf.writeMessage(5, writeConstant, constant);
  for (const input of model.inputs) pbf.writeMessage(11, writeValue, input);
  for (const output of model.outputs) pbf.writeMessage(12, writeValue, output);
}

function writeNode(node: Node, pbf: PbfWriter): void {
  // An absent optional input is an empty name.
  for (const input of node.inputs) pbf.writeStringField(1, input?.name ?? '');
  for (const output of node.outputs) pbf.writeStringField(2, output.name);
  pbf.writeStringField(3, node.name);
  pbf.writeStringField(4, node.type);
  for (const attribute of Object.entries(node.attributes)) pbf.writeMessage(5, writeAttribute, attribute);
}

function writeAttribute([name, value]: [string, Attribute], pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  if (typeof value === 'string') {
    pbf.writeStringField(4, value);
    pbf.writeVarintField(20, ATTRIBUTE_TYPE.string);
  } else if (typeof value === 'number') {
    pbf.writeVarintField(3, value);
    pbf.writeVarintField(20, ATTRIBUTE_TYPE.int);
  } else if ('float' in value) {
    pbf.writeFloatField(2, value.float);
    pbf.writeVarintField(20, ATTRIBUTE_TYPE.float);
  } else {
    for (const item of value) pbf.writeVarintField(8, item);
    pbf.writeVarintField(20, ATTRIBUTE_TYPE.ints);
  }
}

function writeConstant({ value, data }: Constant, pbf: PbfWriter): void {
  pbf.writePackedVarint(1, [...value.dims]);
  pbf.writeVarintField(2, data instanceof Float32Array ? FLOAT : INT64);
  pbf.writeStringField(8, value.name);
  pbf.writeBytesField(9, littleEndian(data));
}

/** `ValueInfoProto` of a float32 tensor. */
function writeValue(value: Value, pbf: PbfWriter): void {
  pbf.writeStringField(1, value.name);
  pbf.writeMessage(2, (dims, type) => type.writeMessage(1, writeTensorType, dims), value.dims);
}

function writeTensorType(dims: readonly number[], pbf: PbfWriter): void {
  pbf.writeVarintField(1, FLOAT);
  pbf.writeMessage(2, writeShape, dims);
}

function writeShape(dims: readonly number[], pbf: PbfWriter): void {
  for (const size of dims) pbf.writeMessage(1, (value, dimension) => dimension.writeVarintField(1, value), size);
}

function writeMetadata([key, value]: [string, string], pbf: PbfWriter): void {
  pbf.writeStringField(1, key);
  pbf.writeStringField(2, value);
}

function littleEndian(data: Float32Array | BigInt64Array): Uint8Array {
  // A teacher has 140 MB of weights, so they are not turned one by one where they lie as the file wants them.
  if (HOST_IS_LITTLE_ENDIAN) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const bytes = new Uint8Array(data.length * data.BYTES_PER_ELEMENT);
  const view = new DataView(bytes.buffer);
  if (data instanceof Float32Array) for (const [i, value] of data.entries()) view.setFloat32(4 * i, value, true);
  else for (const [i, value] of data.entries()) view.setBigInt64(8 * i, value, true);
  return bytes;
}
