/// The columns of a result, cut into panels that differ by at most one vector.
struct PanelCut {
  let columns: Int
  let vectors: Int
  let panels: Int

  /// Panels for a result of so many rows: the fewer rows, the wider a tile may be.
  init(columns: Int, rows: Int) {
    let widest = rows <= ProductPanel.flatRows ? ProductPanel.flatVectors : ProductPanel.mostVectors
    self.columns = columns
    vectors = (columns + Buffer.lanes - 1) / Buffer.lanes
    panels = (vectors + widest - 1) / widest
  }

  /// Floats of one row of all panels.
  var floats: Int { vectors * Buffer.lanes }

  /// Whether the last vector has columns that do not exist.
  var isIncomplete: Bool { columns % Buffer.lanes != 0 }

  /// Floats of one row of the widest panel.
  var widest: Int { panels == 0 ? 0 : (vectors + panels - 1) / panels * Buffer.lanes }

  @inline(__always)
  func vectors(of panel: Int) -> Int { start(of: panel + 1) - start(of: panel) }

  /// The panel that holds a vector.
  @inline(__always)
  func panel(of vector: Int) -> Int { ((vector + 1) * panels - 1) / vectors }

  @inline(__always)
  func width(of panel: Int) -> Int { vectors(of: panel) * Buffer.lanes }

  /// First column of a panel.
  @inline(__always)
  func column(of panel: Int) -> Int { start(of: panel) * Buffer.lanes }

  @inline(__always)
  private func start(of panel: Int) -> Int { panel * vectors / panels }
}

extension ThreadPool {
  /// Whether so many multiplications are worth waking other threads for.
  @inline(__always)
  static func shares(work: Int) -> Bool { work >= 1 << 18 }

  /// Whether so many floats, which other threads may have had in their caches, are better gone
  /// through by all of them again.
  @inline(__always)
  static func shares(floats: Int) -> Bool { floats >= 1 << 13 }

  /// Runs `body` for every index, on the calling thread alone if the work is small.
  @inline(__always)
  func run(_ count: Int, work: Int, _ body: (Int) -> Void) {
    if ThreadPool.shares(work: work) {
      run(count, body)
    } else {
      for index in 0..<count { body(index) }
    }
  }
}
