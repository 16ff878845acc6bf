const latinCookie = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const blank = /^[ \t\f]*(?:#.*)?$/;

/** The encoding that a program declares in its first two lines, or null. */
export function declaredEncoding(text) {
  const [first, second = ''] = text.split(/\r\n|\r|\n/, 2);
  const found = latinCookie.exec(first) ?? (blank.test(first) ? latinCookie.exec(second) : null);
  return found ? found[1] : null;
}

/** The bytes of a program's file: in the encoding that it declares, where that can hold it; else UTF-8, which Python then judges. */
export function sourceBytes(python, text) {
  const encoding = declaredEncoding(text);
  const plain = Buffer.from(text);
  if (encoding === null || /^utf-?8$/i.test(encoding) || /^[\0-\x7f]*$/.test(text)) return plain;
  const { C } = python;
  const whole = python.textObject(text);
  const codec = python.bytesObject(Buffer.from(encoding));
  const encoded = whole && C.PyUnicode_AsEncodedString(whole, C.PyBytes_AsString(codec), 0);
  let bytes = plain;
  if (encoded && python.typeOf(encoded) === C.PyBytes_Type.value) {
    const at = C.PyBytes_AsString(encoded);
    bytes = Buffer.from(python.bytes().slice(at, at + C.PyBytes_Size(encoded)));
  }
  C.PyErr_Clear();
  for (const object of [whole, codec, encoded]) python.decRef(object);
  return bytes;
}
