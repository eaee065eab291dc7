internal import CAntennaTilt
internal import Foundation
internal import QHostMemory
internal import QHostRadio

/// Utilities of many drops by the kernel.
package final class TiltSimulator: @unchecked Sendable {
  /// Users of a block of the kernel: their count is a multiple of it.
  static let blockSize = Int(QHOST_KERNEL_TILT_BLOCK)

  // Not changed after it is made; the plan points into `users`.
  private var plan = qhost_kernel_tilt_plan()
  private let users: UserPlaces

  /// Prepares the kernel for users.
  package init(_ users: UserPlaces) {
    precondition(users.count % Self.blockSize == 0, "\(users.count) users")
    self.users = users
    plan.user_count = users.count
    plan.cosines = UnsafePointer(users.cosines.start)
    plan.sines = UnsafePointer(users.sines.start)
    plan.edges = UnsafePointer(users.edges.start)
    plan.log_radii = UnsafePointer(users.logRadii.start)
    let layout = TiltScene.layout
    Self.fill(&plan.site_x, layout.sites.map { Float($0.x) })
    Self.fill(&plan.site_y, layout.sites.map { Float($0.y) })
    Self.fill(&plan.shift_x, layout.shifts.map { Float($0.x) })
    Self.fill(&plan.shift_y, layout.shifts.map { Float($0.y) })
    Self.fill(&plan.boresights, HexagonalLayout.boresights.map(Float.init))
    Self.fill(&plan.neighbours, TiltScene.neighbours.map(Int32.init))
    let bel = log(10.0) / 10
    plan.loss = qhost_kernel_tilt_loss(
      clear: Float(28 * bel), clear_slope: 2.2, far_slope: 4, turn: 0.9, dark: Float(13.54 * bel),
      dark_slope: 3.908, dark_carrier: 2, decay: 63)
    plan.user_height = Float(TiltScene.userHeight)
    plan.least_distance = Float(TiltScene.leastDistance)
    plan.noise = Float(TiltScene.noise)
    let pattern = SectorPattern()
    plan.gain = Float(pattern.gain)
    plan.horizontal_width = Float(pattern.horizontalWidth)
    plan.front_to_back = Float(pattern.frontToBack)
    plan.side_lobe = Float(pattern.sideLobe)
    plan.rate_factor = Float(TiltScene.rate.factor)
    plan.rate_cap = Float(TiltScene.rate.cap)
    plan.offset = Float(TiltScene.offset)
  }

  /// Writes the utilities [n] of drops [n × 15], from any thread.
  package func utilities(
    _ inputs: UnsafeBufferPointer<Float>, into utilities: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(inputs.count == utilities.count * TiltInput.allCases.count, "inputs do not match")
    guard let first = inputs.baseAddress, let output = utilities.baseAddress else { return }
    withUnsafePointer(to: plan) { qhost_kernel_tilt($0, utilities.count, first, output) }
  }

  /// Copies numbers to an array of C.
  private static func fill<Array, Number>(_ array: inout Array, _ numbers: [Number]) {
    withUnsafeMutableBytes(of: &array) { bytes in
      numbers.withUnsafeBytes {
        precondition($0.count == bytes.count, "\($0.count) bytes for \(bytes.count)")
        bytes.copyMemory(from: $0)
      }
    }
  }
}
