import QHostInterfaces

extension Packets {
  /// Fills densities and moments from amplitudes a [B × G] with Σ over each packet of |a|² = 1.
  ///
  /// The density is |a|² / spacing, ⟨x⟩ = Σ x|a|², ⟨x²⟩ = Σ x²|a|².
  mutating func observe(
    real: UnsafePointer<Double>, imaginary: UnsafePointer<Double>?
  ) {
    let perSpacing = 1 / spacing
    for packet in 0..<packetCount {
      let first = packet * gridCount
      var mean = 0.0
      var second = 0.0
      densities.withUnsafeMutableBufferPointer { densities in
        for g in 0..<gridCount {
          let re = real[first + g]
          let im = imaginary.map { $0[first + g] } ?? 0
          let weight = re * re + im * im
          let x = Double(g)
          densities[first + g] = weight * perSpacing
          mean += weight * x
          second += weight * x * x
        }
      }
      means[packet] = origin + spacing * mean
      secondMoments[packet] =
        origin * origin + 2 * origin * spacing * mean + spacing * spacing * second
    }
  }

  /// Writes the wave functions, of Σ |ψ|² · spacing = 1, from amplitudes a with Σ |a|² = 1.
  mutating func write(real: UnsafePointer<Double>, imaginary: UnsafePointer<Double>?) {
    let scale = 1 / spacing.squareRoot()
    for place in 0..<pointCount { realParts[place] = real[place] * scale }
    guard !imaginaryParts.isEmpty else { return }
    for place in 0..<pointCount { imaginaryParts[place] = (imaginary?[place] ?? 0) * scale }
  }

  /// ⟨H⟩ of packet `packet` for one real component a of the wave function, weighted by Σ a².
  ///
  /// On the line J Σ (2a_g² − 2a_g a_{g+1}); on the complete graph J (G Σ a² − (Σ a)²).
  func energy(
    _ packet: Int, of amplitudes: UnsafePointer<Double>, hopping: Double
  ) -> Double {
    let first = packet * gridCount
    var potential = 0.0
    var square = 0.0
    var coupling = 0.0
    var sum = 0.0
    for g in first..<first + gridCount {
      let a = amplitudes[g]
      potential += potentials[g] * a * a
      square += a * a
      sum += a
      if g + 1 < first + gridCount { coupling += a * amplitudes[g + 1] }
    }
    if topology == .complete {
      return potential + hopping * (Double(gridCount) * square - sum * sum)
    }
    return potential + 2 * hopping * (square - coupling)
  }
}
