/**
 * Matrix products. Matrices are row-major f32; a stride ("pitch") is the distance of two rows in bytes. Tiles of 4 x 8
 * results stay in eight of the sixteen registers of x64 while the innermost loop runs over what is summed. Every result
 * is summed in the same order on every device and no relaxed instruction is used, so its bits are the same everywhere.
 */

/** acc + x y, rounded twice: fused multiply-adds round once, and only some devices have them. */
export function addProduct(acc: v128, x: v128, y: v128): v128 {
  return f32x4.add(acc, f32x4.mul(x, y));
}

/**
 * weights [rows, columns] as panels [columns / 8][rows][8], the last one four wide where columns is 4 mod 8: a tile
 * reads its columns in one line, whatever the width.
 */
export function packPanels(weights: usize, rows: usize, columns: usize, panels: usize): void {
  const pitch = columns << 2;
  for (let column: usize = 0; column < columns; column += 8) {
    let from = weights + (column << 2);
    const wide = columns - column >= 8;
    for (let row: usize = 0; row < rows; row++) {
      v128.store(panels, v128.load(from));
      if (wide) v128.store(panels, v128.load(from, 16), 16);
      panels += wide ? 32 : 16;
      from += pitch;
    }
  }
}

/** As `packPanels`, of the transposed weights [columns, rows]. */
export function packTransposed(weights: usize, rows: usize, columns: usize, panels: usize): void {
  const pitch = columns << 2;
  for (let row: usize = 0; row < rows; row += 8) {
    const width = min<usize>(8, rows - row);
    for (let column: usize = 0; column < columns; column++) {
      let from = weights + row * pitch + (column << 2);
      for (let i: usize = 0; i < width; i++) {
        store<f32>(panels, load<f32>(from));
        panels += 4;
        from += pitch;
      }
    }
  }
}

/**
 * c [rows, columns] = a b, or += with `add`. A row of a is `segments` runs of `length` numbers, `jump` bytes apart: one
 * run for a plain matrix, one a kernel row for a convolution. b: panels of [segments * length, columns], columns a
 * multiple of 4. Rows of c may overlap: they are added one after the other.
 */
export function product(
  rows: usize,
  a: usize,
  aPitch: usize,
  segments: usize,
  jump: usize,
  length: usize,
  panels: usize,
  columns: usize,
  c: usize,
  cPitch: usize,
  add: bool,
): void {
  const depth = segments * length;
  const whole = rows & ~3;
  const rest = rows - whole;
  const restOfA = a + whole * aPitch;
  for (let column: usize = 0; column < columns; column += 8) {
    const b = panels + ((column * depth) << 2);
    const to = c + (column << 2);
    const wide = columns - column >= 8;
    if (wide) panel8(whole, a, aPitch, segments, jump, length, b, to, cPitch, add);
    else panel4(whole, a, aPitch, segments, jump, length, b, to, cPitch, add);
    if (!rest) continue;
    const restOfC = to + whole * cPitch;
    rest4(rest, restOfA, aPitch, segments, jump, length, b, wide ? 32 : 16, restOfC, cPitch, add);
    if (wide) rest4(rest, restOfA, aPitch, segments, jump, length, b + 16, 32, restOfC + 16, cPitch, add);
  }
}

/**
 * Eight columns of `product`: rows in fours; a step of the sum takes 4 numbers of a and 8 of b. Not unrolled: V8 then
 * keeps everything in registers (23 GMAC/s on one core, 18 unrolled twice, 13 eight times; November 2026).
 */
function panel8(
  rows: usize,
  a: usize,
  aPitch: usize,
  segments: usize,
  jump: usize,
  length: usize,
  b: usize,
  c: usize,
  cPitch: usize,
  add: bool,
): void {
  const runBytes = length << 5;
  const to2 = aPitch << 1;
  const to3 = to2 + aPitch;
  for (; rows >= 4; rows -= 4) {
    let c00 = f32x4.splat(0);
    let c01 = c00;
    let c10 = c00;
    let c11 = c00;
    let c20 = c00;
    let c21 = c00;
    let c30 = c00;
    let c31 = c00;
    let from = b;
    let run = a;
    for (let segment = segments; segment > 0; segment--) {
      let at = run;
      for (const end = from + runBytes; from < end; from += 32) {
        const b0 = v128.load(from);
        const b1 = v128.load(from, 16);
        let x = v128.load_splat<f32>(at);
        c00 = addProduct(c00, x, b0);
        c01 = addProduct(c01, x, b1);
        x = v128.load_splat<f32>(at + aPitch);
        c10 = addProduct(c10, x, b0);
        c11 = addProduct(c11, x, b1);
        x = v128.load_splat<f32>(at + to2);
        c20 = addProduct(c20, x, b0);
        c21 = addProduct(c21, x, b1);
        x = v128.load_splat<f32>(at + to3);
        c30 = addProduct(c30, x, b0);
        c31 = addProduct(c31, x, b1);
        at += 4;
      }
      run += jump;
    }
    store8(c, c00, c01, add);
    store8(c + cPitch, c10, c11, add);
    c += cPitch << 1;
    store8(c, c20, c21, add);
    store8(c + cPitch, c30, c31, add);
    c += cPitch << 1;
    a += aPitch << 2;
  }
}

/** The last four columns of `product`, where their number is 4 mod 8. */
function panel4(
  rows: usize,
  a: usize,
  aPitch: usize,
  segments: usize,
  jump: usize,
  length: usize,
  b: usize,
  c: usize,
  cPitch: usize,
  add: bool,
): void {
  const runBytes = length << 4;
  const to2 = aPitch << 1;
  const to3 = to2 + aPitch;
  for (; rows >= 4; rows -= 4) {
    let c0 = f32x4.splat(0);
    let c1 = c0;
    let c2 = c0;
    let c3 = c0;
    let from = b;
    let run = a;
    for (let segment = segments; segment > 0; segment--) {
      let at = run;
      for (const end = from + runBytes; from < end; from += 16) {
        const b0 = v128.load(from);
        c0 = addProduct(c0, v128.load_splat<f32>(at), b0);
        c1 = addProduct(c1, v128.load_splat<f32>(at + aPitch), b0);
        c2 = addProduct(c2, v128.load_splat<f32>(at + to2), b0);
        c3 = addProduct(c3, v128.load_splat<f32>(at + to3), b0);
        at += 4;
      }
      run += jump;
    }
    store4(c, c0, add);
    store4(c + cPitch, c1, add);
    c += cPitch << 1;
    store4(c, c2, add);
    store4(c + cPitch, c3, add);
    c += cPitch << 1;
    a += aPitch << 2;
  }
}

/** Four columns of the one to three rows that are left over; `panelPitch` is 32 bytes, or 16 in a panel of four. */
function rest4(
  rows: usize,
  a: usize,
  aPitch: usize,
  segments: usize,
  jump: usize,
  length: usize,
  b: usize,
  panelPitch: usize,
  c: usize,
  cPitch: usize,
  add: bool,
): void {
  for (; rows > 0; rows--) {
    let sum = f32x4.splat(0);
    let from = b;
    let run = a;
    for (let segment = segments; segment > 0; segment--) {
      for (let at = run; at < run + (length << 2); at += 4) {
        sum = addProduct(sum, v128.load_splat<f32>(at), v128.load(from));
        from += panelPitch;
      }
      run += jump;
    }
    store4(c, sum, add);
    a += aPitch;
    c += cPitch;
  }
}

export function store8(to: usize, x: v128, y: v128, add: bool): void {
  if (add) {
    x = f32x4.add(v128.load(to), x);
    y = f32x4.add(v128.load(to, 16), y);
  }
  v128.store(to, x);
  v128.store(to, y, 16);
}

export function store4(to: usize, x: v128, add: bool): void {
  v128.store(to, add ? f32x4.add(v128.load(to), x) : x);
}
