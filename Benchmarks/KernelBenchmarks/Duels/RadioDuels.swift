import AntennaTilt
import CLinkAdaptation
import QHostMemory
import QHostNetworks

/// Drops of a cell with 64 users, and the network that chooses coding schemes for 64 links.
enum RadioDuels {
  static func all() -> [Duel] { [tilt(), values()] }

  private static func tilt() -> Duel {
    let count = 20
    let users = UserPlaces(count: 64, seed: 3)
    let drops = (0..<count).map { drop in
      TiltInput.allCases.map { input in
        let part = Double((drop * 7_919 + input.rawValue * 104_729) % 1_009) / 1_009
        return input.range.lowerBound + part * (input.range.upperBound - input.range.lowerBound)
      }
    }
    let inputs = drops.flatMap { $0.map { Float($0) } }
    let simulator = TiltSimulator(users)
    // Single precision with powers of e^40: 2e-5 in a utility of about 1.
    return Duel(
      "kernel_tilt", twin: "PlainTilt", "\(count) drops, 64 users", tolerance: 2e-5,
      AlignedBuffer<Double>(count: count)
    ) { out in
      inputs.withUnsafeBufferPointer {
        simulator.utilities($0, into: UnsafeMutableBufferPointer(start: out, count: count))
      }
    } list: {
      drops.map { PlainTilt($0).utility(users) }
    }
  }

  private static func values() -> Duel {
    let rows = 64
    let (inputs, schemes) = (Int(QHOST_KERNEL_LINK_INPUTS), Int(QHOST_KERNEL_LINK_SCHEMES))
    let hidden = Int(QHOST_KERNEL_LINK_HIDDEN)
    let weights = Numbers.floats(Int(QHOST_KERNEL_LINK_WEIGHTS), seed: 1, in: -0.1...0.1)
    let x = Numbers.floats(inputs * rows, seed: 2, in: -2...2)
    let scratch = AlignedBuffer<Float>(count: Int(QHOST_KERNEL_LINK_SCRATCH) * rows)
    let plain = PlainNetwork(widths: [inputs, hidden, hidden, schemes], activation: .relu)
    let (parameters, list) = (weights.list.map { Double($0) }, x.list)
    // Sums of 256 numbers in single precision, twice.
    return Duel(
      "kernel_link_values", twin: "PlainNetwork", "15-256-256-28, \(rows) rows", tolerance: 1e-5,
      AlignedBuffer<Float>(count: schemes * rows)
    ) {
      qhost_kernel_link_values(weights.start, rows, x.start, scratch.start, $0)
    } list: {
      plain.outputs(parameters: parameters, inputs: list, rowCount: rows)
    }
  }
}
