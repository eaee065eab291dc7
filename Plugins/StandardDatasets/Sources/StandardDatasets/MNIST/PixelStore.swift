/// The images of one file, kept as integers: 1 byte a pixel, or 2 bytes a pooled pixel.
enum PixelStore: Sendable {
  /// Pixels, 0 to 255.
  case bytes(ArraySlice<UInt8>)
  /// Sums of 2×2 pixels, 0 to 1020.
  case sums([UInt16])

  /// Keeps images as they are.
  init(images: ArraySlice<UInt8>) { self = .bytes(images) }

  /// Pools images [count × height × width] over 2×2 pixels; both sides are even.
  init(pooling images: ArraySlice<UInt8>, width: Int) {
    let half = width / 2
    let rowPairs = images.count / (2 * width)
    self = images.withUnsafeBufferPointer { pixels in
      .sums(
        [UInt16](unsafeUninitializedCapacity: rowPairs * half) { sums, initialized in
          for pair in 0..<rowPairs {
            let top = pair * 2 * width
            for column in 0..<half {
              let place = top + 2 * column
              let upper = UInt16(pixels[place]) + UInt16(pixels[place + 1])
              let lower = UInt16(pixels[place + width]) + UInt16(pixels[place + width + 1])
              sums[pair * half + column] = upper + lower
            }
          }
          initialized = rowPairs * half
        })
    }
  }

  /// Writes the images `indices` of `pixelCount` pixels each as values 0 to 1.
  func read(
    _ indices: some Collection<Int>, pixelCount: Int, into output: UnsafeMutableBufferPointer<Float>
  ) {
    switch self {
    case .bytes(let pixels):
      pixels.withUnsafeBufferPointer {
        Self.read($0, indices, pixelCount: pixelCount, full: 255, into: output)
      }
    case .sums(let pixels):
      pixels.withUnsafeBufferPointer {
        Self.read($0, indices, pixelCount: pixelCount, full: 1020, into: output)
      }
    }
  }

  @inline(__always)
  private static func read<Pixel: FixedWidthInteger>(
    _ source: UnsafeBufferPointer<Pixel>, _ indices: some Collection<Int>, pixelCount: Int,
    full: Float, into output: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(output.count >= indices.count * pixelCount, "room for too few inputs")
    var place = 0
    for index in indices {
      precondition(index >= 0 && (index + 1) * pixelCount <= source.count, "no such image")
      let image = UnsafeBufferPointer(
        rebasing: source[index * pixelCount..<(index + 1) * pixelCount])
      let target = UnsafeMutableBufferPointer(rebasing: output[place..<place + pixelCount])
      for pixel in 0..<pixelCount { target[pixel] = Float(image[pixel]) / full }
      place += pixelCount
    }
  }
}
