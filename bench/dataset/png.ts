import { deflateSync } from "node:zlib";

/** An opaque picture as a PNG file of 8 bits a channel: signature, header, data, end. Its alpha is left out. */
export function pngOf(rgba: Uint8ClampedArray, width: number, height: number): Buffer {
  const rowBytes = 1 + 3 * width; // each row begins with its filter, 0 for none
  const rows = Buffer.alloc(height * rowBytes);
  for (let i = 0; i < width * height; i++) {
    const to = Math.floor(i / width) * rowBytes + 1 + 3 * (i % width);
    rows.set(rgba.subarray(4 * i, 4 * i + 3), to);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8); // 8 bits, true colour
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(rows, { level: 9 });
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, check]);
}

/** CRC-32 of the PNG specification (appendix D), bit by bit. */
function crc(bytes: Buffer): number {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return (rest ^ 0xffffffff) >>> 0;
}
