import { X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import { root } from "./project.mjs";

const day = 24 * 3600 * 1000;
const validDays = 90;
const renewDays = 7;

/** This machine's own IPv4 addresses that other devices may reach. */
export function ownAddresses() {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => address.family === "IPv4" && !address.internal)
    .map((address) => address.address);
}

/**
 * A self-signed certificate for this machine's names and addresses, kept in a folder so that a browser has to be
 * told only once; made anew where an address is not in it or its end is near.
 * @param {readonly string[]} addresses
 * @param {string} [folder]
 * @returns {Promise<{ key: string, cert: string }>}
 */
export async function ensureCertificate(addresses, folder = join(root, ".cache", "certificate")) {
  const keyFile = join(folder, "key.pem");
  const certFile = join(folder, "cert.pem");
  if (existsSync(keyFile) && existsSync(certFile)) {
    const kept = { key: readFileSync(keyFile, "utf8"), cert: readFileSync(certFile, "utf8") };
    if (serves(kept.cert, addresses)) return kept;
  }
  const made = await makeCertificate(addresses);
  mkdirSync(folder, { recursive: true });
  writeFileSync(keyFile, made.key, { mode: 0o600 });
  writeFileSync(certFile, made.cert);
  return made;
}

/**
 * @param {string} pem
 * @param {readonly string[]} addresses
 */
function serves(pem, addresses) {
  const certificate = new X509Certificate(pem);
  const left = Date.parse(certificate.validTo) - Date.now();
  return left > renewDays * day && addresses.every((address) => certificate.checkIP(address));
}

/** @param {readonly string[]} addresses */
async function makeCertificate(addresses) {
  const { generate } = await import("selfsigned");
  const names = ["localhost", hostname(), `${hostname()}.local`];
  const made = await generate([{ name: "commonName", value: "Mnasium on this machine" }], {
    keyType: "ec",
    algorithm: "sha256",
    notAfterDate: new Date(Date.now() + validDays * day),
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          ...names.map((value) => ({ type: /** @type {const} */ (2), value })),
          ...["127.0.0.1", ...addresses].map((ip) => ({ type: /** @type {const} */ (7), ip })),
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
