package io.dlms4j.cosem.acse;

/** An APDU of the association control service element. */
public sealed interface AcseApdu permits AARQ, AARE, RLRQ, RLRE {}
