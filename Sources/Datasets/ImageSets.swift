import Codecs

/// Where the data files are.
package struct DatasetLocation: Sendable, Hashable {
  package let folder: String

  package init(folder: String) { self.folder = folder }
}

/// A data set of pictures as rows of pixels from 0 to 1, with labels.
package struct ImageSet: Sendable {
  package let name: String
  /// Shape: [N, H·W].
  package let images: NumberArray
  /// Shape: [N].
  package let labels: NumberArray
  package let height: Int
  package let width: Int
  /// Rows before this one are for training, the rest for testing.
  package let trainingCount: Int
}

/// The real data sets that come with the program; their provenance and licences are in the README
/// beside them.
package enum ImageSource: String, CaseIterable, Sendable {
  /// 5,000 handwritten digits, 28×28, every prefix balanced.
  case mnist = "mnist5k"
  /// 1,797 handwritten digits, 8×8.
  case digits8 = "digits8x8"
  /// 100 faces and 100 other patches, 25×25.
  case faces = "faces25x25"

  /// The pixel value that becomes 1.
  private var whitest: Float { self == .digits8 ? 16 : 255 }

  /// The first 4,000 digits train by convention; faces and other patches stand in blocks, so they
  /// are interleaved first.
  private var trainingCount: Int {
    switch self {
    case .mnist: 4_000
    case .digits8: 1_500
    case .faces: 160
    }
  }

  /// Throws: `FileError`, `FormatError`.
  package func load(_ location: DatasetLocation) throws -> ImageSet {
    let images = try read("images-idx3-ubyte.gz", location)
    let labels = try read("labels-idx1-ubyte.gz", location)
    guard images.shape.count == 3, labels.shape == [images.shape[0]] else {
      throw FormatError(
        format: "IDX",
        .unexpected(found: "labels \(labels.shape)", expected: "one for each picture"))
    }
    let (count, height, width) = (images.shape[0], images.shape[1], images.shape[2])
    let order = rowOrder(labels.values)
    let pixels = height * width
    var values: [Float] = []
    values.reserveCapacity(images.values.count)
    for row in order {
      for pixel in images.values[(row * pixels)..<((row + 1) * pixels)] {
        values.append(pixel / whitest)
      }
    }
    return ImageSet(
      name: self == .mnist ? "mnist" : self == .digits8 ? "digits8" : "faces",
      images: NumberArray(shape: [count, pixels], values: values),
      labels: NumberArray(shape: [count], values: order.map { labels.values[$0] }),
      height: height, width: width, trainingCount: trainingCount)
  }

  private func read(_ ending: String, _ location: DatasetLocation) throws -> NumberArray {
    let path = "\(location.folder)/\(rawValue)-\(ending)"
    let limit = 1 << 30
    let file = try SystemFiles.contents(of: path, calledBy: path)
    return try IDX.decode(Inflate.expand(file, as: .gzip, limit: limit), limit: limit)
  }

  /// Classes that stand in blocks are dealt out in turn, so that every prefix is balanced.
  private func rowOrder(_ labels: [Float]) -> [Int] {
    guard self == .faces else { return Array(labels.indices) }
    let faces = labels.indices.filter { labels[$0] == 1 }
    let others = labels.indices.filter { labels[$0] != 1 }
    return zip(faces, others).flatMap { [$0, $1] }
  }
}
