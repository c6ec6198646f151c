import { X509Certificate } from "node:crypto";
import { mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { ensureCertificate } from "../../../scripts/support/certificate.mjs";

const day = 24 * 3600 * 1000;

test("the certificate is kept, and made anew for a new address or near its end", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mnasium-certificate-"));
  const first = await ensureCertificate(["192.0.2.1"], folder);
  const certificate = new X509Certificate(first.cert);
  expect(certificate.checkIP("192.0.2.1")).toBe("192.0.2.1");
  expect(certificate.checkIP("192.0.2.2")).toBeUndefined();
  expect(certificate.checkHost("localhost")).toBe("localhost");
  expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(statSync(join(folder, "key.pem")).mode & 0o077).toBe(0);

  expect(await ensureCertificate(["192.0.2.1"], folder)).toEqual(first);
  const second = await ensureCertificate(["192.0.2.1", "192.0.2.2"], folder);
  expect(second.cert).not.toBe(first.cert);
  expect(new X509Certificate(second.cert).checkIP("192.0.2.2")).toBe("192.0.2.2");

  vi.useFakeTimers({ now: Date.parse(new X509Certificate(second.cert).validTo) - 2 * day, toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const third = await ensureCertificate(["192.0.2.1", "192.0.2.2"], folder);
  expect(third.cert).not.toBe(second.cert);
});
