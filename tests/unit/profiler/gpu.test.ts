import { describe, expect, test } from "vitest";
import { describeGpu } from "../../../src/profiler/gpu";
import { describeAdapter } from "../../../src/profiler/webgpu";

/** Renderer strings as browsers give them, and the name that a person would give the chip. */
const hardware: [renderer: string, name: string][] = [
  ["ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x00002504) Direct3D11 vs_5_0 ps_5_0, D3D11)", "NVIDIA GeForce RTX 3060"],
  ["ANGLE (NVIDIA GeForce GTX 980 Direct3D11 vs_5_0 ps_5_0)", "NVIDIA GeForce GTX 980"],
  ["ANGLE (NVIDIA Corporation, NVIDIA GeForce GTX 1650/PCIe/SSE2, OpenGL 4.5.0)", "NVIDIA GeForce GTX 1650/PCIe/SSE2"],
  ["ANGLE (NVIDIA, Vulkan 1.3.242 (NVIDIA NVIDIA GeForce RTX 3080 (0x00002206)), NVIDIA)", "NVIDIA GeForce RTX 3080"],
  ["ANGLE (Intel, Intel(R) UHD Graphics 620 Direct3D11 vs_5_0 ps_5_0, D3D11)", "Intel UHD Graphics 620"],
  [
    "ANGLE (Intel, ANGLE Metal Renderer: Intel(R) Iris(TM) Plus Graphics 655, Unspecified Version)",
    "Intel Iris Plus Graphics 655",
  ],
  ["ANGLE (Intel Inc., Intel(R) UHD Graphics 630 OpenGL Engine, OpenGL 4.1)", "Intel UHD Graphics 630"],
  ["ANGLE (Intel, Mesa Intel(R) Xe Graphics (TGL GT2), OpenGL 4.6 (Core Profile) Mesa 23.0.4)", "Intel Xe Graphics"],
  ["Mesa Intel(R) UHD Graphics 620 (KBL GT2)", "Intel UHD Graphics 620"],
  ["ANGLE (Apple, ANGLE Metal Renderer: Apple M1 Pro, Unspecified Version)", "Apple M1 Pro"],
  ["Apple GPU", "Apple GPU"],
  ["ANGLE (Qualcomm, Adreno (TM) 730, OpenGL ES 3.2 V@0615.50)", "Adreno 730"],
  ["Adreno (TM) 640", "Adreno 640"],
  ["ANGLE (ARM, Mali-G715, OpenGL ES 3.2)", "Mali-G715"],
  ["Mali-G78", "Mali-G78"],
  ["ANGLE (Samsung Electronics Co., Ltd., Samsung Xclipse 920, OpenGL ES 3.2)", "Samsung Xclipse 920"],
  ["ANGLE (AMD, AMD Radeon RX 6800 (navi21, LLVM 15.0.7, DRM 3.49), OpenGL 4.6)", "AMD Radeon RX 6800"],
  // Firefox names the nearest chip of a short list.
  ["NVIDIA GeForce GTX 980, or similar", "NVIDIA GeForce GTX 980, or similar"],
  ["ANGLE (Intel, Intel(R) HD Graphics Direct3D11 vs_5_0 ps_5_0), or similar", "Intel HD Graphics, or similar"],
  ["Intel(R) HD Graphics, or similar", "Intel HD Graphics, or similar"],
  ["Generic Renderer", "Generic Renderer"],
  ["WebKit WebGL", "WebKit WebGL"],
  ["", "Unknown GPU"],
];

const software: [renderer: string, name: string][] = [
  ["ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)", "SwiftShader"],
  ["Google SwiftShader", "SwiftShader"],
  ["ANGLE (Mesa/X.org, llvmpipe (LLVM 15.0.6 256 bits), OpenGL 4.5 (Core Profile) Mesa 22.3.6)", "llvmpipe"],
  ["llvmpipe, or similar", "llvmpipe"],
  ["softpipe", "softpipe"],
  [
    "ANGLE (Microsoft, Microsoft Basic Render Driver (0x0000008C) Direct3D11 vs_5_0 ps_5_0, D3D11)",
    "Microsoft Basic Render Driver",
  ],
];

describe("describeGpu", () => {
  test.each(hardware)("%j is hardware", (renderer, name) => {
    expect(describeGpu(renderer)).toEqual({ name, software: false });
  });

  test.each(software)("%j is software", (renderer, name) => {
    expect(describeGpu(renderer)).toEqual({ name, software: true });
  });
});

describe("describeAdapter", () => {
  const adapter = (info: object, isFallbackAdapter = false) =>
    describeAdapter({ info: info as GPUAdapterInfo, isFallbackAdapter });
  const unnamed = { device: "", description: "" };

  test.each([
    // Chromium 156 on this machine, and as it names chips without and with its developer flag.
    [{ vendor: "google", architecture: "swiftshader", ...unnamed }, "SwiftShader", true],
    [{ vendor: "nvidia", architecture: "ampere", ...unnamed }, "nvidia ampere", false],
    [{ vendor: "arm", architecture: "valhall", device: "0x92020010", description: "Mali-G78" }, "Mali-G78", false],
    [
      { vendor: "mesa", architecture: "", device: "", description: "llvmpipe (LLVM 17.0.6, 256 bits)" },
      "llvmpipe",
      true,
    ],
  ])("%j is %s", (info, name, software) => {
    expect(adapter(info)).toEqual({ name, software });
  });

  test("a fallback adapter is software, whatever its name, in the old place of the mark and in the new", () => {
    const info = { vendor: "microsoft", architecture: "", ...unnamed };
    expect(adapter(info, true).software).toBe(true);
    expect(adapter({ ...info, isFallbackAdapter: true }).software).toBe(true);
    expect(describeAdapter({ isFallbackAdapter: false })).toEqual({ name: "Unknown GPU", software: false });
  });
});
