internal import QHostGraphs

extension LearnerCode {
  /// What all looks share.
  var common: String {
    """
    improve:
      cld
      lda count
      bne learns
      rts
    learns:
      jsr prepare
      ldx #0
      lda #\(rows)
    shared:
      cmp count
      bcc divided
      sbc count
      inx
      bne shared
    divided:
      sta remainder
      stx quotient
      lda #$ff
      sta limit
      sta limit+1
      sta limit+2
      lda #0
      sta row
      sta sum
      sta sum+1
      sta sum+2
    total:
      jsr stored
      jsr account
      inc row
      lda row
      cmp count
      bne total
      jsr lower
      lda #\(plan.visits & 0xFF)
      sta left
      lda #\(plan.visits >> 8)
      sta left+1
    visiting:
      lda number
      sta place
      lda number+1
      sta place+1
      clc
      lda number
      adc #\(plan.network.stride & 0xFF)
      sta number
      lda number+1
      adc #\(plan.network.stride >> 8)
      sta number+1
      lda number
      cmp #\(plan.network.learnedCount & 0xFF)
      lda number+1
      sbc #\(plan.network.learnedCount >> 8)
      bcc within
      sta number+1
      sec
      lda number
      sbc #\(plan.network.learnedCount & 0xFF)
      sta number
    within:
      jsr visit0
      lda left
      bne visited
      dec left+1
    visited:
      dec left
      lda left
      ora left+1
      bne visiting
      rts
    lower:
      ldx #2
    lowering:
      lda sum,x
      sta all,x
      dex
      bpl lowering
      rts
    stored:
      ldy row
      lda loss_low,y
      sta loss
      lda loss_middle,y
      sta loss+1
      lda loss_high,y
      sta loss+2
      rts
    keep_loss:
      ldy row
      lda loss
      sta loss_low,y
      lda loss+1
      sta loss_middle,y
      lda loss+2
      sta loss_high,y
      rts
    account:
      ldx #1
      lda count
      cmp #\(rows)
      beq accounting
      ldx quotient
      lda row
      cmp remainder
      bcs accounting
      inx
    accounting:
      clc
      lda sum
      adc loss
      sta sum
      lda sum+1
      adc loss+1
      sta sum+1
      lda sum+2
      adc loss+2
      sta sum+2
      dex
      bne accounting
      lda sum
      cmp limit
      lda sum+1
      sbc limit+1
      lda sum+2
      sbc limit+2
      rts
    times:
      sta factor
      stx addend
      lda #0
      ldx #8
      lsr factor
    doubling:
      bcc undoubled
      clc
      adc addend
    undoubled:
      ror a
      ror factor
      dex
      bne doubling
      sta product+1
      lda factor
      sta product
      rts
    """
  }
}
