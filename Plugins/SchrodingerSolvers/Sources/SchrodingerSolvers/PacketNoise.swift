import QHostInterfaces

/// Random numbers that are a function of the packet they are for, besides the run's seed.
///
/// The stream's step is a hash of the packet's potential, mass and grid, so that a packet gets the
/// same numbers in any batch, after any other call and in a resumed run.
struct PacketNoise {
  private static let blockSize = 4096
  /// Stream indices below are those of sequences.
  private static let firstIndex: UInt64 = 1 << 31

  private let host: any HostServices
  private var step: UInt64 = 0
  private var fillCount: UInt64 = 0
  private var uniforms: [Double]
  private var normals: [Double]
  private var uniformPlace = 0
  private var normalPlace = 0

  /// Makes a source that ``restart(for:of:)`` must start.
  init(host: any HostServices) {
    self.host = host
    uniforms = Array(repeating: 0, count: Self.blockSize)
    normals = Array(repeating: 0, count: Self.blockSize)
  }

  /// Starts the numbers of a packet.
  mutating func restart(for packet: Int, of packets: Packets) {
    var hash = Hash()
    for g in packet * packets.gridCount..<(packet + 1) * packets.gridCount {
      hash.combine(packets.potentials[g])
      if !packets.realParts.isEmpty { hash.combine(packets.realParts[g]) }
    }
    for value in [packets.masses[packet], packets.hbar, packets.spacing, packets.time] {
      hash.combine(value)
    }
    step = hash.value
    fillCount = 0
    uniformPlace = Self.blockSize
    normalPlace = Self.blockSize
  }

  /// The next value uniform over [0, 1).
  @inline(__always)
  mutating func uniform() -> Double {
    if uniformPlace == Self.blockSize { fillUniforms() }
    uniformPlace += 1
    return uniforms[uniformPlace - 1]
  }

  /// The next value of mean 0 and deviation 1.
  @inline(__always)
  mutating func normal() -> Double {
    if normalPlace == Self.blockSize { fillNormals() }
    normalPlace += 1
    return normals[normalPlace - 1]
  }

  /// Fills a buffer with values of mean 0 and deviation 1.
  mutating func fillNormals(_ out: UnsafeMutableBufferPointer<Double>) {
    host.fillNormal(step: step, index: nextIndex(), out)
  }

  private mutating func fillUniforms() {
    let index = nextIndex()
    uniforms.withUnsafeMutableBufferPointer { host.fillUniform(step: step, index: index, $0) }
    uniformPlace = 0
  }

  private mutating func fillNormals() {
    let index = nextIndex()
    normals.withUnsafeMutableBufferPointer { host.fillNormal(step: step, index: index, $0) }
    normalPlace = 0
  }

  private mutating func nextIndex() -> UInt64 {
    let index = Self.firstIndex + fillCount % Self.firstIndex
    fillCount += 1
    return index
  }
}

/// A hash of numbers' bits: FNV-1a on words, and a final mix.
private struct Hash {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func combine(_ number: Double) {
    state = (state ^ number.bitPattern) &* 0x100_0000_01B3
    state ^= state >> 29
  }

  var value: UInt64 {
    let z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    return z ^ (z >> 27)
  }
}
