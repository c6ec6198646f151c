export { activate, activateBackward, activateSource, activateSourceBackward } from "./activation";
export { joinChannels, splitChannels } from "./concat";
export { convolve, convolveBackward, convolveScratch } from "./convolution";
export { dense, denseBackward } from "./dense";
export { depthwise, depthwiseBackward, depthwiseScratch } from "./depthwise";
export { hardSigmoid, sigmoid } from "./elementwise";
export { packPanels, product } from "./gemm";
export { maxPool, maxPoolBackward } from "./maxPooling";
export { finishMoments, loadMovingStatistics } from "./norm";
export { beginReceive, finishReceive } from "./normGradient";
export { blendAverage, descend, descendRootMeanSquare, sumOfSquares } from "./optimizer";
export { pointwise, pointwiseBackward, pointwiseScratch } from "./pointwise";
export {
  addSources,
  averagePool,
  averagePoolBackward,
  deliverGradient,
  globalPoolBackward,
  storeValues,
} from "./pooling";
export { PIECE_BYTES } from "./source";
export {
  gateBackward,
  gateValues,
  gateValuesBackward,
  hardGateBackward,
  squeeze,
  squeezeBackward,
  sumForGates,
} from "./squeezeExcite";
