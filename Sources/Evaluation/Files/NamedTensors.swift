import Datasets
import Models
import Tensors

/// A tensor under the name that it has in a file.
struct NamedTensor {
  let name: String
  let source: Source

  enum Source {
    case tensor(Tensor)
    /// `isTransposed` if the file keeps it with its axes exchanged, as PyTorch does.
    case state(StateKey, isTransposed: Bool)
  }
}

/// Gives the tensors of a value names: fields and places joined by points, the parameters of a
/// model as PyTorch's `nn.Sequential` calls them, for example `encoder.0.weight`.
struct TensorNaming {
  let state: StateStore
  /// The name of a tensor that has none.
  let single: String
  /// What stands before the place in a list.
  let listPrefix: String
  private(set) var found: [NamedTensor] = []

  static func safetensors(_ state: StateStore) -> TensorNaming {
    TensorNaming(state: state, single: "tensor", listPrefix: "")
  }

  /// As `numpy.savez` calls arrays without names.
  static func npz(_ state: StateStore) -> TensorNaming {
    TensorNaming(state: state, single: "arr_0", listPrefix: "arr_")
  }

  private init(state: StateStore, single: String, listPrefix: String) {
    self.state = state
    self.single = single
    self.listPrefix = listPrefix
  }

  /// Throws: `FileFault.cannotHold` for what consists of no tensors.
  mutating func add(_ value: Value, _ path: [String] = [], ending: String) throws {
    switch value {
    case .model(let model): add(model.layers, from: 0, path)
    case .composition(let parts):
      var place = 0
      for part in parts {
        let layers = part.asModel?.layers
        add(layers ?? [], from: place, path)
        place += layers?.count ?? 1
      }
    case .builtin, .function:
      guard value.isCallable else { return }
    case .parameter(let id):
      append(path, fallback: "parameter", .state(.parameter(id), isTransposed: false))
    case .record(let record):
      for field in record.fields { try add(field.value, path + [field.name], ending: ending) }
    case .list(let values):
      for (index, value) in values.enumerated() {
        try add(value, path + [(path.isEmpty ? listPrefix : "") + "\(index)"], ending: ending)
      }
    case .tensor(let tensor), .mask(let tensor): append(path, fallback: single, .tensor(tensor))
    case .boolean(let flag): append(path, fallback: single, .tensor(Tensor(flag ? 1 : 0)))
    case .dataset(let data):
      append(path + [data.imageSize == nil ? "points" : "images"], .tensor(data.inputs))
      if let labels = data.labels { append(path + ["labels"], .tensor(labels)) }
      try add(.record(data.factors), path, ending: ending)
    default:
      throw FileFault.cannotHold(
        kind: value.kindName, ending: ending,
        instead: "it holds tensors, models, and records of them")
    }
  }

  private mutating func add(_ layers: [any Models.Layer], from first: Int, _ path: [String]) {
    for (index, layer) in layers.enumerated() {
      let path = path + ["\(first + index)"]
      for id in layer.parameters {
        append(
          path + [state.name(of: id)],
          .state(.parameter(id), isTransposed: layer.isTransposedInFiles(id)))
      }
      for id in layer.statistics {
        append(path + [state.name(of: id)], .state(.statistic(id), isTransposed: false))
      }
    }
  }

  private mutating func append(
    _ path: [String], fallback: String = "", _ source: NamedTensor.Source
  ) {
    let name = path.isEmpty ? fallback : path.joined(separator: ".")
    found.append(NamedTensor(name: name, source: source))
  }
}
