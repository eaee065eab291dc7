internal import CSpikingNeurons

extension Encoder {
  /// Adds a row to a table.
  ///
  /// - Parameters:
  ///   - row: its numbers, [F].
  ///   - length: steps of a series; 1 for a row.
  ///   - state: what continues from row to row.
  ///   - table: is added to.
  func encode(
    _ row: UnsafePointer<Float>, length: Int, state: inout State, into table: EventTable
  ) {
    if isConstant {
      for channel in 0..<channelCount where row[channel] != 0 {
        table.append(channel, row[channel])
      }
      table.endStep()
    } else {
      for step in 0..<(isSeries ? length : 1) {
        let x = row + step * channelCount
        for part in 0..<steps {
          self.step(x, step * steps + part, part, &state, table)
          table.endStep()
        }
      }
    }
    table.endRow()
  }

  private func step(
    _ x: UnsafePointer<Float>, _ step: Int, _ part: Int, _ state: inout State, _ table: EventTable
  ) {
    switch code {
    case .direct:
      for channel in 0..<channelCount where x[channel] != 0 { table.append(channel, x[channel]) }
    case .rate:
      for channel in 0..<channelCount { add(z(x[channel]), channel, &state, table) }
    case .poisson:
      for channel in 0..<channelCount
      where z(x[channel]) > noise[step * channelCount + channel] { table.append(channel) }
    case .latency:
      for channel in 0..<channelCount {
        let z = z(x[channel])
        if z > 0, Int(((1 - z) * Float(steps - 1)).rounded()) == part { table.append(channel) }
      }
    case .delta:
      for channel in 0..<channelCount { move(x[channel], channel, &state, table) }
      state.hasTold = true
    case .population:
      for channel in 0..<channelCount {
        let z = z(x[channel]), last = Float(groupCount - 1)
        for group in 0..<groupCount {
          let distance = z * last - Float(group)
          add(response(distance), channel * groupCount + group, &state, table)
        }
      }
    }
  }

  /// e^(−d²/2), without a library's function, whose last bits differ from one to another.
  private func response(_ distance: Float) -> Float {
    var value = 1 - distance * distance / 512
    if value <= 0 { return 0 }
    for _ in 0..<8 { value *= value }
    return value
  }

  private func z(_ x: Float) -> Float { max(0, min(1, (x - low) / (high - low))) }

  private func add(_ z: Float, _ output: Int, _ state: inout State, _ table: EventTable) {
    state.sums[output] += z
    if state.sums[output] >= 1 {
      state.sums[output] -= 1
      table.append(output)
    }
  }

  private func move(_ x: Float, _ channel: Int, _ state: inout State, _ table: EventTable) {
    let z = (x - low) / (high - low)
    guard state.hasTold else { return state.told[channel] = z }
    if z - state.told[channel] > threshold {
      state.told[channel] += threshold
      table.append(2 * channel)
    } else if state.told[channel] - z > threshold {
      state.told[channel] -= threshold
      table.append(2 * channel + 1)
    }
  }
}
