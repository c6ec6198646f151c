/** c += a b^T for row-major matrices: a is m x k, b is n x k, c is m x n. Each sum runs over k in ascending order. */
export function multiplyAdd(c: Float64Array, a: Float64Array, b: Float64Array, m: number, n: number, k: number): void {
  // Tiles of 4 x 2 sums keep six numbers in registers for eight products. The order of each sum does not depend on
  // its tile, so a row's result is the same to the last bit whatever other rows are computed with it.
  const tiledRows = m - (m % 4);
  const tiledColumns = n - (n % 2);
  for (let i = 0; i < tiledRows; i += 4) {
    for (let j = 0; j < tiledColumns; j += 2) multiplyTile(c, a, b, i, j, n, k);
    if (tiledColumns < n) for (let row = i; row < i + 4; row++) multiplyOne(c, a, b, row, tiledColumns, n, k);
  }
  for (let i = tiledRows; i < m; i++) for (let j = 0; j < n; j++) multiplyOne(c, a, b, i, j, n, k);
}

/** The transpose of a row-major matrix. */
export function transpose(a: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result[j * rows + i] = a[i * columns + j] as number;
  }
  return result;
}

function multiplyTile(
  c: Float64Array,
  a: Float64Array,
  b: Float64Array,
  i: number,
  j: number,
  n: number,
  k: number,
): void {
  const a0 = i * k;
  const a1 = a0 + k;
  const a2 = a1 + k;
  const a3 = a2 + k;
  const b0 = j * k;
  const b1 = b0 + k;
  let c00 = 0;
  let c01 = 0;
  let c10 = 0;
  let c11 = 0;
  let c20 = 0;
  let c21 = 0;
  let c30 = 0;
  let c31 = 0;
  for (let p = 0; p < k; p++) {
    const y0 = b[b0 + p] as number;
    const y1 = b[b1 + p] as number;
    const x0 = a[a0 + p] as number;
    c00 += x0 * y0;
    c01 += x0 * y1;
    const x1 = a[a1 + p] as number;
    c10 += x1 * y0;
    c11 += x1 * y1;
    const x2 = a[a2 + p] as number;
    c20 += x2 * y0;
    c21 += x2 * y1;
    const x3 = a[a3 + p] as number;
    c30 += x3 * y0;
    c31 += x3 * y1;
  }
  const at = i * n + j;
  add(c, at, c00);
  add(c, at + 1, c01);
  add(c, at + n, c10);
  add(c, at + n + 1, c11);
  add(c, at + 2 * n, c20);
  add(c, at + 2 * n + 1, c21);
  add(c, at + 3 * n, c30);
  add(c, at + 3 * n + 1, c31);
}

function multiplyOne(
  c: Float64Array,
  a: Float64Array,
  b: Float64Array,
  i: number,
  j: number,
  n: number,
  k: number,
): void {
  let sum = 0;
  for (let p = 0; p < k; p++) sum += (a[i * k + p] as number) * (b[j * k + p] as number);
  add(c, i * n + j, sum);
}

function add(c: Float64Array, at: number, value: number): void {
  c[at] = (c[at] as number) + value;
}
