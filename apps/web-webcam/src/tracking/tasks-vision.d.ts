// The package's own types cannot be found through its `exports`; this is what the tracker uses of them.
declare module '@mediapipe/tasks-vision' {
  interface Category {
    readonly score: number;
    readonly categoryName: string;
  }

  interface FaceLandmarkerResult {
    /** 478 points a face, in shares of the picture. */
    readonly faceLandmarks: readonly (readonly { readonly x: number; readonly y: number; readonly z: number }[])[];
    readonly faceBlendshapes: readonly { readonly categories: readonly Category[] }[];
    /** 4x4, column-major. */
    readonly facialTransformationMatrixes: readonly { readonly data: readonly number[] }[];
  }

  class FaceLandmarker {
    static createFromOptions(
      fileset: { readonly wasmLoaderPath: string; readonly wasmBinaryPath: string },
      options: {
        readonly baseOptions: { readonly modelAssetBuffer: Uint8Array; readonly delegate: 'CPU' | 'GPU' };
        readonly runningMode: 'IMAGE' | 'VIDEO';
        readonly numFaces: number;
        readonly outputFaceBlendshapes: boolean;
        readonly outputFacialTransformationMatrixes: boolean;
      },
    ): Promise<FaceLandmarker>;
    /** @param timestamp milliseconds; an equal or older one than before breaks the graph for good */
    detectForVideo(frame: VideoFrame | ImageBitmap, timestamp: number): FaceLandmarkerResult;
    /** Sets the graph up anew, which takes as long as several frames. */
    setOptions(options: { readonly numFaces: number }): Promise<void>;
    close(): void;
  }
}
