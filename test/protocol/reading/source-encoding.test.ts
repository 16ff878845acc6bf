import { describe, expect, test } from 'vitest';
import { declaredEncoding, decodeSource, isOtherEncoding } from '../../../src/protocol/reading/source-encoding';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

describe('the declaration', () => {
  // What CPython's tokenize.detect_encoding finds.
  test.each<[string, string | null]>([
    ['# -*- coding: latin-1 -*-\nx', 'latin-1'],
    ['#!/usr/bin/env python\n# vim: set fileencoding=koi8-r :\n', 'koi8-r'],
    ['\n# coding=cp1252', 'cp1252'],
    ['\t \f# coding: x', 'x'],
    ['\r\n#coding:gbk\r\n', 'gbk'],
    ['x = 1\n# coding: latin-1\n', null],
    ['\n\n# coding: latin-1\n', null],
    ['# encoding latin-1\n', null],
    ['# coding : latin-1\n', null],
    ['x = "# coding: latin-1"\n', null],
    ['', null],
  ])('of %j is %s', (text, name) => {
    expect(declaredEncoding(text)).toBe(name);
  });

  test('names other encodings by all of Python’s names', () => {
    for (const name of ['latin-1', 'Latin1', 'iso_8859_1', 'iso8859-15', 'L1', 'cp1251', 'windows_1252', 'KOI8-R', 'shift_jis', 'euc_jp', 'GB2312']) {
      expect([name, isOtherEncoding(name)]).toEqual([name, true]);
    }
    for (const name of ['utf-8', 'UTF8', 'utf_8_sig', 'ascii', 'us-ascii', 'utf-9', 'rot13']) expect([name, isOtherEncoding(name)]).toEqual([name, false]);
  });
});

describe('a Python file', () => {
  // The right sides are what CPython reads: bytes.decode of these names.
  test.each<[string, Uint8Array, string]>([
    ['Latin-1', bytes('# coding: latin-1\ns = "caf\xe9 \x80"'), '# coding: latin-1\ns = "café \x80"'],
    ['Latin-1 that would be UTF-8 too', bytes('# coding: iso-8859-1\n"Ã©"'), '# coding: iso-8859-1\n"Ã©"'],
    ['Latin-9', bytes('# coding: iso8859-15\n"\xa4"'), '# coding: iso8859-15\n"€"'],
    ['Windows’s', bytes('# coding: cp1252\n"\x80"'), '# coding: cp1252\n"€"'],
    ['Windows’s, all of it', bytes('# coding: cp1252\n\x80\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8e\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9e\x9f\xa0\xff'), '# coding: cp1252\n€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\xa0ÿ'],
    ['Cyrillic', bytes('# coding: koi8_r\n"\xcd\xc9\xd2"'), '# coding: koi8_r\n"мир"'],
    ['Japanese', bytes('# coding: shift_jis\n"\x93\xfa\x96{"'), '# coding: shift_jis\n"日本"'],
    ['UTF-8 without a word', Buffer.from('s = "é😀"'), 's = "é😀"'],
    ['a byte order mark', Buffer.from('\ufeffs = "é"'), 's = "é"'],
    ['one that is said to be UTF-8', Buffer.from('# coding: utf-8\n"é"'), '# coding: utf-8\n"é"'],
    // Python refuses these; that they are read lets it say so.
    ['UTF-8 that is said to be ASCII', Buffer.from('# coding: ascii\n"é"'), '# coding: ascii\n"é"'],
    ['an encoding that is none', Buffer.from('# coding: utf-9\nx = 1'), '# coding: utf-9\nx = 1'],
  ])('in %s', (_, given, text) => {
    expect(decodeSource(given)).toBe(text);
  });

  test('that is not what it says is refused', () => {
    expect(() => decodeSource(bytes('s = "caf\xe9"'))).toThrow('is not UTF-8 text; it is a binary file or has another encoding. Convert it to UTF-8 first.');
    expect(() => decodeSource(bytes('# coding: cp437\n"\x82"'))).toThrow('says that its encoding is cp437, which is not read here. Convert it to UTF-8 first.');
    for (const byte of ['\x81', '\x9d']) expect(() => decodeSource(bytes(`# coding: cp1252\n"${byte}"`))).toThrow('its encoding is cp1252, but it is not');
    expect(() => decodeSource(bytes('# coding: shift_jis\n"\x93"'))).toThrow('says that its encoding is shift_jis, but it is not. Convert it to UTF-8 first.');
  });
});
