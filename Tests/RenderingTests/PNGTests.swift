import Codecs
import Testing

@testable import Rendering

@Suite struct PNGTests {
  private static func noise(_ count: Int) -> [UInt8] {
    Samples.uniform(count, seed: 5).map { UInt8($0 * 255) }
  }

  @Test(arguments: [(1, 1, 1), (28, 28, 1), (13, 7, 3), (300, 2, 1), (1, 40, 3)])
  func readsWhatItWrites(_ width: Int, _ height: Int, _ channels: Int) throws {
    for samples in [
      Self.noise(width * height * channels),
      [UInt8](repeating: 9, count: width * height * channels),
    ] {
      let raster = Raster(width: width, height: height, channels: channels, samples: samples)
      #expect(try PNG.decode(PNG.encode(raster)).raster == raster)
    }
  }

  /// A file with header, pixels and, if given, further chunks before the pixels.
  private func file(
    width: Int, height: Int, colorType: UInt8, filtered: [UInt8],
    extra: [(String, [UInt8])] = [], bits: UInt8 = 8, interlace: UInt8 = 0
  ) -> [UInt8] {
    PNG.signature
      + PNG.chunk(
        "IHDR",
        PNG.bigEndian(width) + PNG.bigEndian(height) + [bits, colorType, 0, 0, interlace])
      + extra.flatMap { PNG.chunk($0.0, $0.1) }
      + PNG.chunk("IDAT", Deflate.compress(filtered, as: .zlib)) + PNG.chunk("IEND", [])
  }

  @Test(arguments: 0...4)
  func everyFilterIsUndone(_ filter: Int) throws {
    let (width, height) = (11, 6)
    let samples = Self.noise(width * height * 3)
    var filtered: [UInt8] = []
    var above = [UInt8](repeating: 0, count: width * 3)
    for y in 0..<height {
      let row = Array(samples[y * width * 3..<(y + 1) * width * 3])
      filtered += [UInt8(filter)] + PNGFilter.apply(filter, row, above: above, pixelSize: 3)
      above = row
    }
    let read = try PNG.decode(
      file(width: width, height: height, colorType: 2, filtered: filtered))
    #expect(read.raster.samples == samples)
  }

  @Test func paletteAndTransparencyAreResolved() throws {
    let palette = file(
      width: 2, height: 1, colorType: 3, filtered: [0, 1, 0],
      extra: [("PLTE", [10, 20, 30, 40, 50, 60]), ("tRNS", [0])])
    #expect(try PNG.decode(palette).samples == [40, 50, 60, 255, 255, 255])
    let clear = file(width: 1, height: 1, colorType: 6, filtered: [0, 100, 0, 0, 128])
    #expect(try PNG.decode(clear).samples == [177, 127, 127])
    let gray = file(width: 1, height: 1, colorType: 4, filtered: [0, 8, 255])
    #expect(try PNG.decode(gray).raster == Raster(width: 1, height: 1, samples: [8]))
  }

  @Test func everyDepthIsRead() throws {
    func read(_ bits: UInt8, _ row: [UInt8], width: Int) throws -> PictureSamples {
      try PNG.decode(
        file(width: width, height: 1, colorType: 0, filtered: [0] + row, bits: bits))
    }
    #expect(try read(1, [0b1010_0000], width: 3).planes == [1, 0, 1])
    #expect(try read(2, [0b0001_1011, 0b1100_0000], width: 5).samples == [0, 1, 2, 3, 3])
    #expect(try read(4, [0x0f, 0x50], width: 3).planes == [0, 1, 1 / 3])
    let deep = try read(16, [0x12, 0x34, 0xff, 0xff], width: 2)
    #expect(deep.samples == [0x1234, 0xffff] && deep.largest == 65_535)
    let color = file(
      width: 1, height: 1, colorType: 2, filtered: [0, 0, 0, 128, 0, 255, 255], bits: 16)
    #expect(try PNG.decode(color).planes == [0, 32_768 / 65_535, 1])
    let small = file(
      width: 3, height: 1, colorType: 3, filtered: [0, 0b0110_0000],
      extra: [("PLTE", [0, 0, 0, 255, 255, 255])], bits: 1)
    #expect(try PNG.decode(small).raster.samples == [0, 0, 0, 255, 255, 255, 255, 255, 255])
  }

  @Test func theTransparentColourIsWhite() throws {
    let gray = file(
      width: 3, height: 1, colorType: 0, filtered: [0, 7, 0, 8], extra: [("tRNS", [0, 7])])
    #expect(try PNG.decode(gray).samples == [255, 0, 8])
    let color = file(
      width: 2, height: 1, colorType: 2, filtered: [0, 1, 2, 3, 1, 2, 4],
      extra: [("tRNS", [0, 1, 0, 2, 0, 3])])
    #expect(try PNG.decode(color).samples == [255, 255, 255, 1, 2, 4])
  }

  private func problem(_ bytes: [UInt8]) -> FormatError.Problem? {
    do throws(FormatError) {
      _ = try PNG.decode(bytes)
      return nil
    } catch { return error.problem }
  }

  @Test func unsupportedFilesSayWhy() {
    #expect(
      problem(file(width: 1, height: 1, colorType: 0, filtered: [0, 0], interlace: 2))
        == .unexpected(found: "interlacing 2", expected: "0 or 1"))
    #expect(
      problem(file(width: 1, height: 1, colorType: 2, filtered: [0, 0], bits: 4))
        == .unexpected(found: "type 2, 4 bits", expected: "a PNG color type"))
    #expect(
      problem(file(width: 1, height: 1, colorType: 3, filtered: [0, 9]))
        == .unexpected(found: "color 9", expected: "one of the 0 of the palette"))
    #expect(
      problem(file(width: 1, height: 1, colorType: 0, filtered: [7, 0]))
        == .unexpected(found: "filter 7 in row 0", expected: "a filter from 0 to 4"))
    #expect(
      problem(file(width: 2, height: 1, colorType: 0, filtered: [0, 0]))
        == .endsEarly(part: "the pixels", needed: 3, found: 2))
    #expect(
      problem(file(width: 1 << 30, height: 1 << 30, colorType: 0, filtered: [0]))
        == .tooLarge(
          part: "a picture of 1073741824×1073741824 pixels", byteCount: 1 << 60, limit: 1 << 26))
  }

  @Test func damagedFilesAreRefused() {
    let whole = PNG.encode(Raster(width: 12, height: 9, samples: Self.noise(108)))
    for count in 0..<whole.count {
      #expect(throws: FormatError.self) { try PNG.decode(Array(whole.prefix(count))) }
    }
    for place in whole.indices {
      var damaged = whole
      damaged[place] ^= 0x55
      #expect(throws: FormatError.self) { try PNG.decode(damaged) }
    }
  }

  @Test func animationNumbersItsFrames() throws {
    let frames = (0..<3).map { Raster(width: 4, height: 4, filledWith: UInt8($0 * 50)) }
    let bytes = APNG.encode(Film(frames))
    var place = 8
    var names: [String] = []
    var sequence: [Int] = []
    while place < bytes.count {
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      let name = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
      names.append(name)
      if name == "fcTL" || name == "fdAT" {
        sequence.append(bytes[place + 8..<place + 12].reduce(0) { $0 << 8 | Int($1) })
      }
      place += 12 + length
    }
    #expect(
      names == ["IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND"])
    #expect(sequence == [0, 1, 2, 3, 4])
    #expect(try PNG.decode(bytes).raster == frames[0])
    #expect(APNG.encode(Film([])).isEmpty)
    #expect(APNG.isAnimated(bytes) && !APNG.isAnimated(PNG.encode(frames[0])))
  }
}
