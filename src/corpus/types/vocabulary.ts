/** Names of types: the languages' own, and those that the user's types are renamed to. Each is to be one token. */
import type { Language } from './row';

const words = (text: string) => text.trim().split(/\s+/);

const TYPESCRIPT_KEYWORDS = words('string number boolean void any unknown never bigint symbol object null undefined');
const PYTHON_KEYWORDS = words('int str float bool bytes None object complex');

/** The types that are the language's keywords, or Python's basic ones. */
export const keywordTypes = (language: Language): ReadonlySet<string> => (language === 'python' ? PYTHON_SET : TYPESCRIPT_SET);
const TYPESCRIPT_SET = new Set(TYPESCRIPT_KEYWORDS);
const PYTHON_SET = new Set(PYTHON_KEYWORDS);

/** Python's own generic and exception types; what stands in a library's module is told by its import. */
export const PYTHON_BUILTINS: ReadonlySet<string> = new Set(
  words(`list dict set tuple frozenset type bytearray memoryview range slice property super BaseException Exception ArithmeticError
    AssertionError AttributeError EOFError ImportError IndexError KeyError KeyboardInterrupt LookupError NameError NotImplementedError OSError
    OverflowError PermissionError RuntimeError StopIteration SyntaxError SystemExit TimeoutError TypeError UnicodeDecodeError ValueError
    ZeroDivisionError`),
);

/** Names of both languages' libraries that are frequent enough to be one token. */
export const LIBRARY_NAMES: readonly string[] = words(`
  Array ReadonlyArray Map ReadonlyMap Set ReadonlySet WeakMap WeakSet Promise Date Error TypeError RangeError RegExp Function Object String
  Number Boolean Symbol Iterator Iterable AsyncIterable Generator AsyncGenerator Record Partial Required Readonly Pick Omit Exclude Extract
  ReturnType Awaited Uint8Array Uint16Array Uint32Array Int32Array Float32Array Float64Array ArrayBuffer ArrayBufferLike DataView Blob File
  URL URLSearchParams Request Response Headers FormData AbortSignal AbortController ReadableStream Buffer Event EventTarget Element HTMLElement
  Node Document Window MouseEvent KeyboardEvent PropertyKey Intl BigInt
  list dict set tuple type Any Optional Union List Dict Tuple Callable Sequence Mapping Path Exception ValueError datetime timedelta date
  Decimal TextIO BinaryIO Literal Type Self Awaitable Hashable`);

/** What else is often a whole answer, or its beginning. */
export const OTHER_ANSWERS: readonly string[] = words('T K V A B E R S U P this true false readonly typeof keyof');

export const KEYWORDS: readonly string[] = [...new Set([...TYPESCRIPT_KEYWORDS, ...PYTHON_KEYWORDS])];

/** Names for types of the user's. */
export const USER_NAMES: readonly string[] = words(`
  Account Action Actor Address Agent Alarm Album Alert Anchor Angle Animal Answer Apple Area Article Asset Author
  Avatar Badge Ball Bank Banner Basket Batch Bid Bill Binding Block Board Boat Body Book Booking Border Bottle
  Bounds Box Brand Builder Cache Calendar Camera Car Card Case Category Cell Channel Chapter Chart Check City
  Class Client Clock Code Collector Color Column Command Comment Company Config Contact Container Contract
  Controller Counter Country Coupon Course Credit Cursor Customer Delivery Design Device Dialog Doc Dog Draft Edge
  Editor Engine Entity Entry Exam Factory Feature Field Figure Filter Flow Folder Font Form Frame Game Graph Grid
  Group Guide Handler Header Holder Hook Icon Image Index Invoice Item Job Journey Key Label Layer Layout Lesson
  Letter Level Library Light Limit Line Link Listing Loan Local Lock Log Logger Loop Machine Manager Marker Market
  Match Measure Media Meeting Member Memo Menu Message Meter Metric Mode Model Module Moment Network Note Offer
  Office Option Order Owner Packet Page Pair Panel Parser Part Partner Party Patch Pattern Payment Peer Period
  Person Phase Phone Photo Pipe Pixel Plan Plate Player Playlist Plot Plugin Point Policy Poll Portal Post Power
  Price Prize Process Product Profile Program Project Proxy Quality Query Queue Quote Race Range Rank Rate Rating
  Reader Recipe Recorder Region Reply Report Resource Result Review Road Role Room Root Round Route Router Row
  Rule Runner Sample Scale Scene Schedule Scope Score Script Section Segment Sender Sensor Server Service Session
  Setting Shape Share Signal Site Size Slide Slot Socket Song Source Space Spec Square Stack Stage State Station
  Status Step Stop Store Story Stream Style Subject Switch Table Tag Target Task Teacher Team Template Text Theme
  Thread Ticket Timer Title Token Tool Topic Track Train Transfer Tree Trigger Unit Update Upload User Value
  Vector Vehicle Version Video View Visitor Warning Widget Worker World Writer`);
