import { keep, type Tensor } from "@tensorflow/tfjs-core";

/** Tensors by parameter name that outlive `tidy`, until they are replaced or disposed of. */
export type Tensors = Map<string, Tensor>;

export function replace(tensors: Tensors, name: string, value: Tensor): void {
  tensors.get(name)?.dispose();
  tensors.set(name, keep(value));
}

/** A tensor's numbers; disposes of it. */
export async function download(tensor: Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}
