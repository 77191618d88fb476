import Codecs
import Testing

@testable import Rendering

@Suite struct NetpbmTests {
  @Test func writesTheFormatOnPaper() {
    let raster = Raster(width: 2, height: 2, samples: [0, 64, 128, 255])
    #expect(Netpbm.encodeGray(raster) == Array("P5\n2 2\n255\n".utf8) + [0, 64, 128, 255])
    let color = Raster(width: 1, height: 1, channels: 3, samples: [1, 2, 3])
    #expect(Netpbm.encodeColor(color) == Array("P6\n1 1\n255\n".utf8) + [1, 2, 3])
  }

  @Test func readsWhatItWrites() throws {
    let raster = Raster(width: 7, height: 5, samples: (0..<35).map { UInt8($0 * 7) })
    #expect(try Netpbm.decode(Netpbm.encodeGray(raster)).raster == raster)
    let color = Raster(width: 3, height: 4, channels: 3, samples: (0..<36).map { UInt8($0 * 7) })
    #expect(try Netpbm.decode(Netpbm.encodeColor(color)).raster == color)
  }

  @Test func readsTextCommentsAndOtherDepths() throws {
    let text = Array("P2 # a comment\n# another\n3 1\n15\n0 5 15\n".utf8)
    #expect(try Netpbm.decode(text).raster == Raster(width: 3, height: 1, samples: [0, 85, 255]))
    let deep = Array("P5 2 1 65535\n".utf8) + [0xff, 0xff, 0x80, 0x00]
    #expect(try Netpbm.decode(deep).raster == Raster(width: 2, height: 1, samples: [255, 128]))
    #expect(try Netpbm.decode(deep).planes == [1, 32_768 / 65_535])
    let color = Array("P3 2 1 2  0 1 2  2 0 1".utf8)
    #expect(try Netpbm.decode(color).planes == [0, 1, 0.5, 0, 1, 0.5])
  }

  @Test func colourBecomesBrightness() throws {
    let raster = Raster(width: 1, height: 1, channels: 3, samples: [0, 255, 0])
    #expect(try Netpbm.decode(Netpbm.encodeGray(raster)).samples == [182])
  }

  private func error(_ bytes: [UInt8]) -> FormatError? {
    do throws(FormatError) {
      _ = try Netpbm.decode(bytes)
      return nil
    } catch { return error }
  }

  @Test func damagedFilesAreRefused() {
    let whole = Netpbm.encodeGray(Raster(width: 9, height: 4, filledWith: 7))
    for count in 0..<whole.count { #expect(error(Array(whole.prefix(count))) != nil) }
    let short = error(Array(whole.prefix(20)))
    #expect(short?.problem == .endsEarly(part: "the pixels", needed: 36, found: 9))
    #expect(short?.place == .byte(11))
    #expect(error(Array("P7 1 1 255\n".utf8))?.place == .byte(0))
    #expect(error(Array("P5 0 1 255\n".utf8)) != nil)
    #expect(error(Array("P2 1 1 255\n256".utf8))?.place == .byte(11))
    #expect(error(Array("P5 1073741824 1073741824 255\n".utf8))?.place == .byte(3))
    #expect(error(Array("P3 60000000 1 255\n1 2 3".utf8)) != nil)
  }
}
