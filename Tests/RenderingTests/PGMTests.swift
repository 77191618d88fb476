import Testing

@testable import Rendering

@Suite struct PGMTests {
  @Test func writesTheFormatOnPaper() {
    let raster = Raster(width: 2, height: 2, samples: [0, 64, 128, 255])
    #expect(PGM.encode(raster) == Array("P5\n2 2\n255\n".utf8) + [0, 64, 128, 255])
  }

  @Test func readsWhatItWrites() throws {
    let raster = Raster(width: 7, height: 5, samples: (0..<35).map { UInt8($0 * 7) })
    #expect(try PGM.decode(PGM.encode(raster)) == raster)
  }

  @Test func readsTextCommentsAndOtherDepths() throws {
    let text = Array("P2 # a comment\n# another\n3 1\n15\n0 5 15\n".utf8)
    #expect(try PGM.decode(text) == Raster(width: 3, height: 1, samples: [0, 85, 255]))
    let deep = Array("P5 2 1 65535\n".utf8) + [0xff, 0xff, 0x80, 0x00]
    #expect(try PGM.decode(deep) == Raster(width: 2, height: 1, samples: [255, 128]))
  }

  @Test func colourBecomesBrightness() throws {
    let raster = Raster(width: 1, height: 1, channels: 3, samples: [0, 255, 0])
    #expect(try PGM.decode(PGM.encode(raster)).samples == [182])
  }

  @Test func damagedFilesAreRefused() {
    let whole = PGM.encode(Raster(width: 9, height: 4, filledWith: 7))
    for count in 0..<whole.count {
      #expect(throws: PGM.Fault.self) { try PGM.decode(Array(whole.prefix(count))) }
    }
    #expect(throws: PGM.Fault.notPGM) { try PGM.decode(Array("P6 1 1 255\n".utf8)) }
    #expect(throws: PGM.Fault.badHeader) { try PGM.decode(Array("P5 0 1 255\n".utf8)) }
    #expect(throws: PGM.Fault.tooLarge(width: 1 << 30, height: 1 << 30)) {
      try PGM.decode(Array("P5 1073741824 1073741824 255\n".utf8))
    }
  }
}
