export {
  type BridgeFrame,
  decodeBridgeFrame,
  encodeFaceFrame,
  encodePoseFrame,
  FACE_FRAME_BYTES,
  type FaceFrame,
  POSE_FRAME_BYTES,
  type PoseFrame,
} from './bridge/bridge-frames.ts';
export {
  BRIDGE_PORT,
  BRIDGE_VERSION,
  type BridgeCommand,
  type BridgeHello,
  type BridgeSource,
  type BridgeSourceStatus,
  type BridgeStatus,
  type BridgeStream,
  type BridgeText,
  parseBridgeCommand,
  parseBridgeText,
} from './bridge/bridge-messages.ts';
export { type Calibration, type ChannelRange, type Crosstalk, NO_CALIBRATION } from './calibration/calibration.ts';
export {
  CALIBRATION_STEPS,
  type CalibrationProgress,
  type CalibrationStep,
  createGuidedCalibration,
  type GuidedCalibration,
} from './calibration/guided-calibration.ts';
export { parseCalibration } from './calibration/parse-calibration.ts';
export {
  createPoseDriver,
  type DriverCounts,
  type DriverState,
  type PoseDriver,
  type PoseDriverOptions,
} from './driver/pose-driver.ts';
export { DEFAULT_SETTINGS, type DriverSettings, type DriverSettingsPatch, patchSettings } from './driver/settings.ts';
export { breathing } from './idle/breathing.ts';
export { idlePose } from './idle/idle-pose.ts';
export { DEFAULT_IDLE, type IdleSettings } from './idle/settings.ts';
export { type FaceMetrics, LANDMARK_COUNT, measureFace } from './landmarks/face-metrics.ts';
export { LipSync } from './lip-sync/lip-sync.ts';
export { VOWELS, type Vowel } from './lip-sync/vowel-model.ts';
export { type FaceReading, mapAsOriginal, type OriginalConverter } from './mapping/map-as-original.ts';
export { mapFace } from './mapping/map-face.ts';
export { fitMouth, mouthLoss } from './mapping/mouth-fit.ts';
export { type BrowMode, DEFAULT_MAPPING, type MappingSettings } from './mapping/settings.ts';
export { decodeOsc } from './osc/decode-osc.ts';
export { encodeOscBundle, encodeOscMessage, type OutgoingMessage } from './osc/encode-osc.ts';
export type { OscArgument, OscMessage } from './osc/osc.ts';
export type { Parsed } from './parsed.ts';
export { mirrorPose } from './pose/mirror-pose.ts';
export { POSE, POSE_MIN, POSE_NAMES, POSE_SIZE, type PoseName } from './pose/names.ts';
export { BLENDSHAPE, BLENDSHAPE_COUNT, BLENDSHAPE_NAMES, type BlendshapeName } from './sample/blendshape-names.ts';
export type {
  FaceLandmarks,
  FacePart,
  FaceSample,
  Gaze,
  HeadPosition,
  HeadRotation,
  VoiceSample,
  VowelWeights,
} from './sample/face-sample.ts';
export { positionFromMatrix, rotationFromMatrix } from './sample/matrix.ts';
export { FrameSplitter } from './trackers/frame-splitter.ts';
export {
  FACEMOTION3D_PORT,
  FACEMOTION3D_REQUEST,
  IFACIALMOCAP_PORT,
  IFACIALMOCAP_REQUEST,
  PHONE_FRAME_ENDS,
  PHONE_TCP_PORT,
  parseIFacialMocap,
} from './trackers/ifacialmocap.ts';
export { OPENSEEFACE_PORT, parseOpenSeeFace } from './trackers/openseeface.ts';
export { isTrackerProtocol, TRACKER_PROTOCOLS, type TrackerProtocol } from './trackers/protocols.ts';
export { VMC_PORT, VmcReader } from './trackers/vmc-reader.ts';
export { encodeVmcPose } from './trackers/vmc-writer.ts';
export {
  faceOfVtsParameters,
  parseVtsAnswer,
  VTS_API_PORT,
  type VtsAnswer,
  type VtsPlugin,
  vtsAuthenticationRequest,
  vtsInjectPose,
  vtsParametersRequest,
  vtsTokenRequest,
} from './trackers/vtube-studio-api.ts';
export { parseVtsPhone, VTS_PHONE_PORT, VTS_RECEIVE_PORT, vtsPhoneRequest } from './trackers/vtube-studio-phone.ts';
