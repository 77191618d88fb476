import Codecs

@testable import Datasets

/// Room for every array of the tests.
let roomy = 1 << 20

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The bytes that a row of hexadecimal digits stands for.
func hex(_ text: String) -> [UInt8] {
  let digits = text.filter { !$0.isWhitespace }.map { UInt8($0.hexDigitValue!) }
  return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

/// What reading throws, if it throws.
func failure<Result>(_ body: () throws(FormatError) -> Result) -> FormatError? {
  do {
    _ = try body()
    return nil
  } catch { return error }
}
