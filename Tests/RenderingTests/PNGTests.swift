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
      #expect(try PNG.decode(PNG.encode(raster)) == raster)
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
      + PNG.chunk("IDAT", Deflate.compress(filtered)) + PNG.chunk("IEND", [])
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
    #expect(read.samples == samples)
  }

  @Test func paletteAndTransparencyAreResolved() throws {
    let palette = file(
      width: 2, height: 1, colorType: 3, filtered: [0, 1, 0],
      extra: [("PLTE", [10, 20, 30, 40, 50, 60]), ("tRNS", [0])])
    #expect(try PNG.decode(palette).samples == [40, 50, 60, 255, 255, 255])
    let clear = file(width: 1, height: 1, colorType: 6, filtered: [0, 100, 0, 0, 128])
    #expect(try PNG.decode(clear).samples == [177, 127, 127])
    let gray = file(width: 1, height: 1, colorType: 4, filtered: [0, 8, 255])
    #expect(try PNG.decode(gray) == Raster(width: 1, height: 1, samples: [8]))
  }

  @Test func unsupportedFilesSayWhy() {
    #expect(throws: PNG.Fault.unsupported("16 bits per sample")) {
      try PNG.decode(file(width: 1, height: 1, colorType: 0, filtered: [0, 0, 0], bits: 16))
    }
    #expect(throws: PNG.Fault.unsupported("interlacing")) {
      try PNG.decode(file(width: 1, height: 1, colorType: 0, filtered: [0, 0], interlace: 1))
    }
    #expect(throws: PNG.Fault.damagedPixels) {
      try PNG.decode(file(width: 1, height: 1, colorType: 3, filtered: [0, 9]))
    }
    #expect(throws: PNG.Fault.damagedPixels) {
      try PNG.decode(file(width: 1, height: 1, colorType: 0, filtered: [7, 0]))
    }
  }

  @Test func damagedFilesAreRefused() {
    let whole = PNG.encode(Raster(width: 12, height: 9, samples: Self.noise(108)))
    for count in 0..<whole.count {
      #expect(throws: PNG.Fault.self) { try PNG.decode(Array(whole.prefix(count))) }
    }
    for place in whole.indices {
      var damaged = whole
      damaged[place] ^= 0x55
      #expect(throws: PNG.Fault.self) { try PNG.decode(damaged) }
    }
  }

  @Test func animationNumbersItsFrames() throws {
    let frames = (0..<3).map { Raster(width: 4, height: 4, filledWith: UInt8($0 * 50)) }
    let bytes = APNG.encode(frames)
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
    #expect(try PNG.decode(bytes) == frames[0])
    #expect(APNG.encode([]).isEmpty)
  }
}

@Suite struct DeflateTests {
  @Test(arguments: [0, 1, 2, 3, 4, 257, 258, 259, 1000, 40_000, 100_000])
  func zlibReadsWhatWeWrite(_ count: Int) {
    let noise = Samples.uniform(count, seed: 9).map { UInt8($0 * 255) }
    let inputs = [
      noise, [UInt8](repeating: 200, count: count), (0..<count).map { UInt8($0 / 7 % 256) },
      // Repeats further apart than the window, and just inside it.
      (0..<count).map { noise[$0 % 33_000 % max(count, 1)] },
      (0..<count).map { noise[$0 % 32_700 % max(count, 1)] },
    ]
    for input in inputs {
      let compressed = Deflate.compress(input)
      if count > 0 { #expect(Deflate.expand(compressed, count: count) == input) }
      #expect(compressed.count < count * 9 / 8 + 20)
    }
  }

  @Test func repetitionIsSmall() {
    #expect(Deflate.compress([UInt8](repeating: 0, count: 78_400)).count < 700)
  }
}
