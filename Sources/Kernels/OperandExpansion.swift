/// Operands that repeat their elements, written out for one block of a chain.

/// Writes elements (phase + i) % period, doubling what is there.
func expandRepeated(
  _ source: UnsafePointer<Float>, _ period: Int, _ phase: Int,
  _ target: UnsafeMutablePointer<Float>, _ count: Int
) {
  let head = min(period - phase, count)
  target.update(from: source + phase, count: head)
  let wrapped = min(phase, count - head)
  (target + head).update(from: source, count: wrapped)
  var done = head + wrapped
  while done < count {
    let length = min(done, count - done)
    (target + done).update(from: target, count: length)
    done += length
  }
}

/// Writes elements (start + i) / run.
func expandStretched(
  _ source: UnsafePointer<Float>, _ run: Int, _ start: Int,
  _ target: UnsafeMutablePointer<Float>, _ count: Int
) {
  var element = start / run
  var length = min(run - start % run, count)
  var done = 0
  while done < count {
    fillVectors(target + done, length, source[element])
    done += length
    element += 1
    length = min(run, count - done)
  }
}
