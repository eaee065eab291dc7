/// The plain version of a chain of ``ChainBatch``: what the kernels compute, slice by slice, with the same bits.
package struct PlainChain {
  /// φ of each neuron, [n][Nₜ].
  package private(set) var paths: [[Float]]
  private let network: PathNetwork
  private let couplings: ChainCouplings
  private let spacing: Float
  private let pulse: [Float]
  private var random: PlainRandom

  /// Puts a chain at its start; see ``ChainBatch/start(_:couplings:seed:follows:)``.
  package init(
    _ network: PathNetwork, couplings: ChainCouplings, seed: [UInt64], follows: Bool
  ) {
    self.network = network
    self.couplings = couplings
    spacing = Float(network.well.spacing)
    pulse = network.train.pulse.map(Float.init)
    random = PlainRandom(seed: seed)
    let start = network.train.path.map { follows ? Float(abs($0)) : 1 }
    paths = Array(repeating: start, count: network.neuronCount)
  }

  /// Moves every neuron.
  package mutating func sweep(_ move: PathMove, first: Int = 0) {
    if case .dips(let width) = move { return dips(width) }
    for neuron in 0..<network.neuronCount {
      switch move {
      case .local(let step): local(neuron, step)
      case .staging(let length): staging(neuron, length, first)
      case .multilevel(let levels): multilevel(neuron, levels, first)
      case .signs: signs(neuron)
      case .dips: break
      }
    }
  }

  /// Σ (φ² − 1)² of each neuron, [n].
  package func sums() -> [Float] { paths.map { $0.reduce(0) { $0 + Self.well($1) } } }

  private static func well(_ x: Float) -> Float {
    let d = Float(-1).addingProduct(x, x)
    return d * d
  }

  /// The factors of q, φ² and q² in each slice.
  private struct Field {
    var q: [Float]
    var x2: [Float]
    var q2: [Float]

    /// V at y less V at x.
    func change(_ slice: Int, _ x: Float, _ y: Float) -> Float {
      let (x2, y2) = (x * x, y * y)
      let (dx, dy) = (x2 - 1, y2 - 1)
      let (qx, qy) = (dx * dx, dy * dy)
      let inner = q[slice].addingProduct(qx + qy, q2[slice])
      return ((y2 - x2) * self.x2[slice]).addingProduct(qy - qx, inner)
    }
  }

  private func field(_ k: Int, without but: Int? = nil) -> Field {
    let own = spacing * Float(network.well.lambda / 4)
    let (drive, block) = (couplings.drives[k] * spacing, couplings.blocks[k] * spacing)
    var field = Field(
      q: pulse.map { _ in own }, x2: pulse.map { drive * $0 }, q2: pulse.map { block * ($0 * $0) })
    for (pair, weight) in zip(network.excitations, couplings.excitations)
    where pair.first != but && pair.second != but {
      let w = weight * spacing
      for i in pulse.indices {
        if pair.second == k {
          field.x2[i] = field.x2[i].addingProduct(w, Self.well(paths[pair.first][i]))
        } else if pair.first == k, !network.isFeedForward {
          let to = paths[pair.second][i]
          field.q[i] = field.q[i].addingProduct(w, to * to)
        }
      }
    }
    for (pair, weight) in zip(network.inhibitions, couplings.inhibitions)
    where (pair.first == k || pair.second == k) && pair.first != but && pair.second != but {
      let (w, other) = (weight * spacing, pair.first == k ? pair.second : pair.first)
      for i in pulse.indices {
        let q = Self.well(paths[other][i])
        field.q2[i] = field.q2[i].addingProduct(w, q * q)
      }
    }
    return field
  }
}

extension PlainChain {
  private mutating func local(_ k: Int, _ step: Float) {
    let n = pulse.count
    let (field, width, inverse) = (field(k), step / 2048, 1 / spacing)
    for i in Array(stride(from: 0, to: n, by: 2)) + Array(stride(from: 1, to: n, by: 2)) {
      let (x, word) = (paths[k][i], random.word())
      let y = (x - 2047.5 * width).addingProduct(Float(word & 0xFFF), width)
      let sides = paths[k][(i + n - 1) % n] + paths[k][(i + 1) % n]
      let kinetic = (y - x) * ((y + x) - sides)
      let change = field.change(i, x, y).addingProduct(kinetic, inverse)
      if PlainRandom.uniform(word) < PlainRandom.decay(change) { paths[k][i] = y }
    }
  }

  private mutating func staging(_ k: Int, _ length: Int, _ first: Int) {
    let n = pulse.count
    let field = field(k)
    for moved in stride(from: 0, through: n - length - 1, by: length + 1) {
      let before = (first + moved) % n
      var (last, total, drawn) = (paths[k][before], Float(0), [Float]())
      let end = paths[k][(before + length + 1) % n]
      var pending: Float?
      for j in 0..<length {
        let z: Float
        if let kept = pending {
          z = kept
          pending = nil
        } else {
          let both = random.normals()
          z = both.0
          pending = both.1
        }
        let left = Float(length - j)
        let mean = last.addingProduct(end - last, 1 / (left + 1))
        last = mean.addingProduct(z, (spacing * left / (left + 1)).squareRoot())
        drawn.append(last)
        let i = (before + 1 + j) % n
        total += field.change(i, paths[k][i], last)
      }
      guard random.accepts(total) else { continue }
      for (j, value) in drawn.enumerated() { paths[k][(before + 1 + j) % n] = value }
    }
  }

  private mutating func multilevel(_ k: Int, _ levels: Int, _ first: Int) {
    let (n, length) = (pulse.count, 1 << levels)
    let field = field(k)
    for moved in stride(from: 0, through: n - length, by: length) {
      let before = (first + moved) % n
      var drawn = (0...length).map { paths[k][(before + $0) % n] }
      var (sum, last, isGoing) = (Float(0), Float(0), true)
      for level in stride(from: levels - 1, through: 0, by: -1) {
        let stride = 1 << level
        let spread = (0.5 * Float(stride) * spacing).squareRoot()
        var pending: Float?
        for at in Swift.stride(from: stride, to: length, by: 2 * stride) {
          let z: Float
          if let kept = pending {
            z = kept
            pending = nil
          } else {
            let both = random.normals()
            z = both.0
            pending = both.1
          }
          drawn[at] = (0.5 * (drawn[at - stride] + drawn[at + stride])).addingProduct(z, spread)
          let i = (before + at) % n
          sum += field.change(i, paths[k][i], drawn[at])
        }
        let coarse = sum * Float(stride)
        if !random.accepts(coarse - last) { isGoing = false }
        last = coarse
      }
      guard isGoing else { continue }
      for j in 1..<length { paths[k][(before + j) % n] = drawn[j] }
    }
  }

  private mutating func signs(_ k: Int) {
    let (n, inverse) = (pulse.count, 1 / spacing)
    let x = paths[k]
    let cuts = (0..<n).map { i in
      let product = x[i] * x[(i + 1) % n]
      let u = PlainRandom.uniform(random.word())
      return product <= 0 || u < PlainRandom.decay(product * (2 * inverse))
    }
    let first = random.word() & 0x8000_0000
    let tail = (cuts.lastIndex(of: true) ?? -1) + 1
    var sign = first
    for i in 0..<n {
      paths[k][i] = Float(bitPattern: x[i].bitPattern ^ (i >= tail ? first : sign))
      let anew = random.word() & 0x8000_0000
      if cuts[i] { sign = anew }
    }
  }
}

extension PlainChain {
  private mutating func dips(_ width: Float) {
    guard !network.excitations.isEmpty else {
      for k in 0..<network.neuronCount { dips(k, nil, width) }
      return
    }
    for pair in network.excitations { dips(pair.first, pair.second, width) }
  }

  private mutating func dips(_ first: Int, _ second: Int?, _ width: Float) {
    let members = [first] + (second.map { [$0] } ?? [])
    let fields = members.map { member in
      field(member, without: second == nil ? nil : (member == first ? second : first))
    }
    let period = network.train.period
    for from in stride(from: 0, through: pulse.count - period, by: period) {
      var (start, end) = (from + 1, from + period - 1)
      while start < end, pulse[start] < 1e-4 { start += 1 }
      while end > start, pulse[end - 1] < 1e-4 { end -= 1 }
      guard start < end else { continue }
      let deltas = (0..<2).map { _ in (PlainRandom.uniform(random.word()) - 0.5) * (2 * width) }
      let change = dipChange(members, fields, deltas, start, end)
      guard random.accepts(change) else { continue }
      for (place, k) in members.enumerated() {
        for i in start..<end { paths[k][i] += deltas[place] * pulse[i].squareRoot() }
      }
    }
  }

  private func dipChange(
    _ members: [Int], _ fields: [Field], _ deltas: [Float], _ start: Int, _ end: Int
  ) -> Float {
    var (kinetic, potential, last) = (Float(0), Float(0), [Float(0), 0])
    for i in start...end {
      let shape = i < end ? pulse[i].squareRoot() : 0
      var moved: [Float] = []
      for (place, k) in members.enumerated() {
        let now = deltas[place] * shape
        let (way, change) = (paths[k][i] - paths[k][i - 1], now - last[place])
        kinetic = kinetic.addingProduct(change, change.addingProduct(2, way))
        last[place] = now
        moved.append(paths[k][i] + now)
        potential += fields[place].change(i, paths[k][i], moved[place])
      }
      if members.count == 2 { potential = addMutual(members, i, moved, to: potential) }
    }
    return potential.addingProduct(kinetic, 0.5 / spacing)
  }

  private func addMutual(
    _ members: [Int], _ i: Int, _ moved: [Float], to potential: Float
  ) -> Float {
    let (first, second) = (members[0], members[1])
    var (forth, back, both) = (Float(0), Float(0), Float(0))
    for (pair, weight) in zip(network.excitations, couplings.excitations) {
      if pair.first == first, pair.second == second { forth += weight * spacing }
      if pair.first == second, pair.second == first { back += weight * spacing }
    }
    for (pair, weight) in zip(network.inhibitions, couplings.inhibitions)
    where Set([pair.first, pair.second]) == Set(members) { both += weight * spacing }
    let (x, y) = (paths[first][i], paths[second][i])
    let (qx, qy) = (Self.well(x), Self.well(y))
    let (rx, ry) = (Self.well(moved[0]), Self.well(moved[1]))
    var sum = potential
    sum += forth * (moved[1] * moved[1] * rx - y * y * qx)
    sum += back * (moved[0] * moved[0] * ry - x * x * qy)
    sum += both * (rx * rx * (ry * ry) - qx * qx * (qy * qy))
    return sum
  }
}
