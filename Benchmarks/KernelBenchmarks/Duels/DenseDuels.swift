import QHostMemory
import QHostNetworks

/// Products of a layer of 12 units of 196 inputs with 1,024 rows.
enum DenseDuels {
  static func all() -> [Duel] {
    let (inputs, units, rows) = (196, 12, 1024)
    let shape = "\(units) x \(inputs), \(rows) rows"
    let weights = Numbers.floats(units * inputs, seed: 1)
    let bias = Numbers.floats(units, seed: 2)
    let x = Numbers.floats(inputs * rows, seed: 3)
    let g = Numbers.floats(units * rows, seed: 4)
    func room(_ count: Int) -> (AlignedBuffer<Float>, AlignedBuffer<Float>) {
      (AlignedBuffer(count: count), AlignedBuffer(count: count))
    }
    return [
      // Sums of 196 numbers in single precision.
      Duel("kernel_dense", shape, tolerance: 2e-6, room(units * rows)) {
        DenseKernel.forward(
          weights: weights.start, rowStep: inputs, columnStep: 1, bias: bias.start, x: x.start,
          xStride: rows, inputCount: inputs, outputCount: units, rowCount: rows, z: $0,
          zStride: rows)
      } plain: {
        Layer.sums(weights.start, bias.start, x.start, inputs, units, rows, $0)
      },
      Duel("kernel_dense_gradient", shape, tolerance: 2e-5, room(units * inputs)) {
        DenseKernel.weightGradient(
          g: g.start, gStride: rows, x: x.start, xStride: rows, inputCount: inputs,
          outputCount: units, rowCount: rows, gradient: $0)
      } plain: {
        for unit in 0..<units {
          for input in 0..<inputs {
            var sum: Float = 0
            for row in 0..<rows { sum += g.start[unit * rows + row] * x.start[input * rows + row] }
            $0[unit * inputs + input] = sum
          }
        }
      },
      Duel("kernel_row_sums", "\(units) units, \(rows) rows", tolerance: 2e-5, room(units)) {
        DenseKernel.biasGradient(
          g: g.start, gStride: rows, outputCount: units, rowCount: rows, gradient: $0)
      } plain: {
        for unit in 0..<units {
          var sum: Float = 0
          for row in 0..<rows { sum += g.start[unit * rows + row] }
          $0[unit] = sum
        }
      },
    ]
  }
}

/// A fully connected layer as its definition says.
enum Layer {
  /// z [M × B] = W x + bias; `bias` may be nil.
  static func sums(
    _ weights: UnsafePointer<Float>, _ bias: UnsafePointer<Float>?, _ x: UnsafePointer<Float>,
    _ inputs: Int, _ units: Int, _ rows: Int, _ z: UnsafeMutablePointer<Float>
  ) {
    for unit in 0..<units {
      for row in 0..<rows { z[unit * rows + row] = bias?[unit] ?? 0 }
      for input in 0..<inputs {
        let weight = weights[unit * inputs + input]
        for row in 0..<rows { z[unit * rows + row] += weight * x[input * rows + row] }
      }
    }
  }
}
