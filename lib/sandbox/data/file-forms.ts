import { crc32, deflateSync } from 'node:zlib';

/** Makes a file of exactly `size` bytes that programs can open, of the bytes in `filling`; undefined when it is too small. */
type FileForm = (size: number, filling: Uint8Array) => Uint8Array | undefined;

const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');

const chunk = (type: string, data: Uint8Array): Uint8Array => {
  const body = Buffer.concat([latin(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const SIDE = 64;

/** Width, height, 8 bits, one byte a pixel: grey. */
const PNG_HEADER = Uint8Array.of(0, 0, 0, SIDE, 0, 0, 0, SIDE, 8, 0, 0, 0, 0);

/** A square of grey stripes; what is left of the size is in a chunk that readers skip. */
const png: FileForm = (size, filling) => {
  const rows = Array.from({ length: SIDE }, (_, y) =>
    Uint8Array.from({ length: SIDE + 1 }, (_pixel, x) => (x > 0 && ((x + y) >> 3) % 2 === 0 ? 0xcc : 0)),
  );
  const image = [PNG_SIGNATURE, chunk('IHDR', PNG_HEADER), chunk('IDAT', deflateSync(Buffer.concat(rows)))];
  const end = chunk('IEND', new Uint8Array());
  const free = size - Buffer.concat([...image, end]).length - chunk('rxSb', new Uint8Array()).length;
  return free < 0 ? undefined : Buffer.concat([...image, chunk('rxSb', filling.subarray(0, free)), end]);
};

const PDF_PARTS = [
  '1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n',
  '2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n',
  '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n',
];

/** One empty page; what is left of the size is a comment. */
const pdf: FileForm = (size, filling) => {
  const tail = (free: number): string => {
    let at = '%PDF-1.4\n%\n'.length + free;
    const entries = PDF_PARTS.map((part) => {
      const entry = `${String(at).padStart(10, '0')} 00000 n \n`;
      at += part.length;
      return entry;
    });
    return `${PDF_PARTS.join('')}xref\n0 4\n0000000000 65535 f \n${entries.join('')}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${String(at).padStart(10, '0')}\n%%EOF\n`;
  };
  const free = size - '%PDF-1.4\n%\n'.length - tail(0).length;
  if (free < 0) return undefined;
  // A comment ends with its line.
  const comment = filling.subarray(0, free).map((byte) => (byte & 0x7f) | 0x80);
  return Buffer.concat([latin('%PDF-1.4\n%'), comment, latin(`\n${tail(free)}`)]);
};

/** A picture of one colour; what is left of the size is a comment. */
const svg: FileForm = (size, filling) => {
  const [start, end] = [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#369"/><!-- ',
    ' --></svg>\n',
  ];
  const free = size - start.length - end.length;
  if (free < 0) return undefined;
  const comment = filling.subarray(0, free).map((byte) => 0x61 + (byte % 26));
  return Buffer.concat([latin(start), comment, latin(end)]);
};

/** The forms of files, by their media types. */
export const FILE_FORMS: Readonly<Record<string, FileForm>> = {
  'image/png': png,
  'application/pdf': pdf,
  'image/svg+xml': svg,
};
