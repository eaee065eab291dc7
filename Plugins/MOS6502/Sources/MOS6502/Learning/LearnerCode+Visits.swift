internal import QHostGraphs

extension LearnerCode {
  /// Looks at number `place`, counted from the first of a layer, and takes the better step.
  func visit(_ place: Int) -> String {
    let layer = layers[place]
    let weights = layer.inputCount * layer.unitCount
    let name = "visit\(place)"
    let passing =
      place == last
      ? ""
      : """
        lda place
        cmp #\(layer.learnedCount & 0xFF)
        lda place+1
        sbc #\(layer.learnedCount >> 8)
        bcc \(name)_here
        sta place+1
        sec
        lda place
        sbc #\(layer.learnedCount & 0xFF)
        sta place
        jmp visit\(place + 1)
      """
    return """
      \(name):
      \(passing)
      \(name)_here:
        lda #0
        sta step
        sta is_bias
        lda place
        cmp #\(weights & 0xFF)
        lda place+1
        sbc #\(weights >> 8)
        bcs \(name)_bias
        ldx #0
      \(name)_divide:
        lda place
        cmp #\(layer.inputCount)
        lda place+1
        sbc #0
        bcc \(name)_divided
        sta place+1
        sec
        lda place
        sbc #\(layer.inputCount)
        sta place
        inx
        bne \(name)_divide
      \(name)_divided:
        stx unit
        lda place
        ldx #\(layer.unitCount)
        jsr times
        clc
        lda product
        adc unit
        sta product
        bcc \(name)_weight
        inc product+1
      \(name)_weight:
      \(pointer("weight", "weights\(place)"))
        lda place
        ldx #\(rows)
        jsr times
      \(pointer("levels", "levels\(place)"))
        jmp \(name)_found
      \(name)_bias:
        inc is_bias
        sec
        lda place
        sbc #\(weights & 0xFF)
        sta unit
        lda #<zeros
        sta levels
        lda #>zeros
        sta levels+1
      \(name)_found:
      \(place == last ? "" : hiddenPlace(place))
      \(steps(place))
      \(deltas(place))
      """
  }

  /// Where the sums, levels and weights behind a hidden unit are.
  private func hiddenPlace(_ place: Int) -> String {
    """
      lda unit
      ldx #\(rows)
      jsr times
    \(pointer("sums_low", "sums\(place)_low"))
    \(pointer("sums_high", "sums\(place)_high"))
    \(pointer("results", "levels\(place + 1)"))
      lda unit
      ldx #\(layers[place + 1].unitCount)
      jsr times
    \(pointer("base", "weights\(place + 1)"))
      ldx unit
      lda shift\(place),x
      sta shift
      lda page\(place),x
      sta page
      sta table+1
    """
  }

  /// Tries both steps within the bounds, and takes one.
  private func steps(_ place: Int) -> String {
    let layer = layers[place]
    let name = "visit\(place)"
    let width = layer.biasRange.upperBound - layer.biasRange.lowerBound
    return """
        lda is_bias
        bne \(name)_low_bias
        ldy #0
        lda (weight),y
        cmp #\(layer.weightRange.lowerBound + 127)
        beq \(name)_up
        bne \(name)_down
      \(name)_low_bias:
        ldx unit
        lda bias\(place)_low,x
        ora bias\(place)_high,x
        beq \(name)_up
      \(name)_down:
        jsr down\(place)
        jsr least
        jsr try\(place)
        bcs \(name)_up
        jsr lower
        dec step
      \(name)_up:
        lda is_bias
        bne \(name)_high_bias
        ldy #0
        lda (weight),y
        cmp #\(layer.weightRange.upperBound + 127)
        beq \(name)_decide
        bne \(name)_rise
      \(name)_high_bias:
        ldx unit
        lda bias\(place)_low,x
        cmp #\(width & 0xFF)
        bne \(name)_rise
        lda bias\(place)_high,x
        cmp #\(width >> 8)
        beq \(name)_decide
      \(name)_rise:
        jsr up\(place)
        jsr least
        jsr try\(place)
        bcs \(name)_decide
        jsr lower
        lda #1
        sta step
      \(name)_decide:
        lda step
        beq \(name)_stay
        bmi \(name)_sink
        jsr up\(place)
        jmp \(name)_take
      \(name)_stay:
        rts
      \(name)_sink:
        jsr down\(place)
      \(name)_take:
        lda #$ff
        sta limit
        sta limit+1
        sta limit+2
        inc keep
        jsr try\(place)
        dec keep
        ldx unit
        clc
        lda delta
        adc mask
        tay
        lda delta+1
        adc mask
        sta delta+1
        clc
        tya
        adc offset\(place)_low,x
        sta offset\(place)_low,x
        lda delta+1
        adc offset\(place)_high,x
        sta offset\(place)_high,x
        lda is_bias
        bne \(name)_step_bias
        ldy #0
        clc
        lda (weight),y
        adc step
        sta (weight),y
      \(layer.doubleZero % 2 == 0 ? "" : "  lda odd\(place),x\n  eor #1\n  sta odd\(place),x")
        rts
      \(name)_step_bias:
        clc
        lda delta
        adc bias\(place)_low,x
        sta bias\(place)_low,x
        lda delta+1
        adc bias\(place)_high,x
        sta bias\(place)_high,x
        rts
      \(place == 0 ? least : "")
      """
  }

  /// The limit of a trial is the least loss so far.
  private var least: String {
    """
    least:
      ldx #2
    lessening:
      lda all,x
      sta limit,x
      dex
      bpl lessening
      rts
    """
  }

  /// What a step changes: a row's sum by (level exclusive-or mask) + delta, in 16 bits.
  ///
  /// A weight's step moves the offset by the change of −⌊z Σ q⌋, which for an odd 2z hangs on whether Σ q is odd.
  private func deltas(_ place: Int) -> String {
    let half = layers[place].doubleZero / 2
    let isOdd = layers[place].doubleZero % 2 != 0
    return """
      down\(place):
        lda is_bias
        bne down\(place)_bias
        ldx unit
        lda #$ff
        sta mask
        lda #0
        sta delta+1
      \(isOdd ? "  lda odd\(place),x\n  eor #1" : "")
        clc
        adc #\(half + 1)
        sta delta
        rts
      down\(place)_bias:
        lda #0
        sta mask
        lda #$ff
        sta delta
        sta delta+1
        rts
      up\(place):
        ldx unit
        lda #0
        sta mask
        sta delta+1
        lda is_bias
        bne up\(place)_bias
      \(isOdd ? "  lda odd\(place),x" : "")
        clc
        adc #\(half)
        sta delta
        sec
        lda #0
        sbc delta
        sta delta
        lda #0
        sbc #0
        sta delta+1
        rts
      up\(place)_bias:
        lda #1
        sta delta
        rts
      """
  }
}
