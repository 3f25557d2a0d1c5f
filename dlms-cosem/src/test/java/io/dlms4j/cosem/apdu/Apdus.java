package io.dlms4j.cosem.apdu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * APDUs of any kind with any contents, and what they are made of.
 *
 * <p>An APDU has so many parts that the combinations of their edge cases outnumber any tries:
 * properties of whole APDUs are tried without them ({@code EdgeCasesMode.NONE}), and the parts give
 * their least and greatest values often enough by themselves.
 */
final class Apdus {
  static final Arbitrary<Octets> STRINGS =
      Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(Octets::copyOf);
  static final Arbitrary<Boolean> BOOLEANS = Arbitraries.of(true, false);
  static final Arbitrary<Integer> OCTET = between(0, 0xFF).map(Long::intValue);
  static final Arbitrary<Integer> UNSIGNED16 = between(0, 0xFFFF).map(Long::intValue);
  static final Arbitrary<Long> UNSIGNED32 = between(0, 0xFFFF_FFFFL);
  static final Arbitrary<InvokeIdAndPriority> INVOKE_ID = OCTET.map(InvokeIdAndPriority::new);
  static final Arbitrary<EncodedData> DATA =
      Arbitraries.oneOf(
              STRINGS.map(CosemData::octetString),
              UNSIGNED32.map(CosemData::doubleLongUnsigned),
              UNSIGNED16.map(CosemData::longUnsigned).list().ofMaxSize(200).map(CosemData::array),
              Arbitraries.just(CosemData.nullData()))
          .map(EncodedData::of);

  private static final Arbitrary<ObisCode> LOGICAL_NAME =
      OCTET
          .list()
          .ofSize(6)
          .map(
              name ->
                  new ObisCode(
                      name.get(0),
                      name.get(1),
                      name.get(2),
                      name.get(3),
                      name.get(4),
                      name.get(5)));
  private static final Arbitrary<Integer> INDEX = between(-128, 127).map(Long::intValue);

  static final Arbitrary<AttributeRef> ATTRIBUTE =
      Combinators.combine(UNSIGNED16, LOGICAL_NAME, INDEX).as(AttributeRef::new);
  static final Arbitrary<MethodRef> METHOD =
      Combinators.combine(UNSIGNED16, LOGICAL_NAME, INDEX).as(MethodRef::new);
  static final Arbitrary<SelectiveAccess> SELECTION =
      Combinators.combine(OCTET, DATA).as(SelectiveAccess::new);
  static final Arbitrary<AttributeWithSelection> ATTRIBUTE_WITH_SELECTION =
      Combinators.combine(ATTRIBUTE, SELECTION.injectNull(0.5)).as(AttributeWithSelection::new);
  static final Arbitrary<DataAccessResult> ACCESS_RESULT = Arbitraries.of(DataAccessResult.class);
  static final Arbitrary<GetDataResult> GET_DATA_RESULT =
      Arbitraries.oneOf(
          DATA.map(GetDataResult.Data::new), ACCESS_RESULT.map(GetDataResult.Failure::new));
  static final Arbitrary<ActionResponseWithOptionalData> ACTION_RESPONSE =
      Combinators.combine(Arbitraries.of(ActionResult.class), GET_DATA_RESULT.injectNull(0.5))
          .as(ActionResponseWithOptionalData::new);
  static final Arbitrary<DataBlock> BLOCK =
      Combinators.combine(BOOLEANS, UNSIGNED32, STRINGS).as(DataBlock::new);

  private static final Arbitrary<List<EncodedData>> VALUES = DATA.list().ofMaxSize(5);

  private Apdus() {}

  private static Arbitrary<Long> between(long least, long greatest) {
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.longs().between(least, greatest)),
        Tuple.of(1, Arbitraries.of(least, greatest)));
  }

  /** Of every kind that there is. */
  static Arbitrary<Apdu> any() {
    return Arbitraries.oneOf(
        initiateAndErrors(),
        get(),
        set(),
        action(),
        AccessApdus.any(),
        ShortNameApdus.any(),
        ProtectedApdus.any());
  }

  static Arbitrary<Apdu> initiateAndErrors() {
    Arbitrary<Integer> quality = INDEX.injectNull(0.5);
    Arbitrary<Set<Conformance>> conformance = Arbitraries.of(Conformance.class).set();
    return Arbitraries.oneOf(
        Combinators.combine(
                STRINGS.injectNull(0.5), BOOLEANS, quality, OCTET, conformance, UNSIGNED16)
            .as(InitiateRequest::new),
        Combinators.combine(quality, OCTET, conformance, UNSIGNED16, UNSIGNED16)
            .as(InitiateResponse::new),
        Combinators.combine(OCTET, OCTET, OCTET).as(ConfirmedServiceError::new),
        Combinators.combine(
                Arbitraries.of(ExceptionResponse.StateError.class),
                Arbitraries.of(ExceptionResponse.ServiceError.class),
                UNSIGNED32)
            .as(
                (state, service, counter) ->
                    new ExceptionResponse(
                        state,
                        service,
                        service == ExceptionResponse.ServiceError.INVOCATION_COUNTER_ERROR
                            ? counter
                            : null)));
  }

  static Arbitrary<Apdu> get() {
    return Arbitraries.oneOf(
        Combinators.combine(INVOKE_ID, ATTRIBUTE, SELECTION.injectNull(0.5))
            .as(GetRequestNormal::new),
        Combinators.combine(INVOKE_ID, UNSIGNED32).as(GetRequestNext::new),
        Combinators.combine(INVOKE_ID, attributes(5)).as(GetRequestWithList::new),
        Combinators.combine(INVOKE_ID, GET_DATA_RESULT).as(GetResponseNormal::new),
        Combinators.combine(
                INVOKE_ID,
                BOOLEANS,
                UNSIGNED32,
                Arbitraries.<GetResponseWithDataBlock.Result>oneOf(
                    STRINGS.map(GetResponseWithDataBlock.RawData::new),
                    ACCESS_RESULT.map(GetResponseWithDataBlock.Failure::new)))
            .as(GetResponseWithDataBlock::new),
        Combinators.combine(INVOKE_ID, GET_DATA_RESULT.list().ofMaxSize(5))
            .as(GetResponseWithList::new));
  }

  static Arbitrary<Apdu> set() {
    Arbitrary<List<DataAccessResult>> results = ACCESS_RESULT.list().ofMaxSize(150);
    return Arbitraries.oneOf(
        Combinators.combine(INVOKE_ID, ATTRIBUTE_WITH_SELECTION, DATA).as(SetRequestNormal::new),
        Combinators.combine(INVOKE_ID, ATTRIBUTE_WITH_SELECTION, BLOCK)
            .as(SetRequestWithFirstDataBlock::new),
        Combinators.combine(INVOKE_ID, BLOCK).as(SetRequestWithDataBlock::new),
        VALUES.flatMap(
            values ->
                Combinators.combine(
                        INVOKE_ID, ATTRIBUTE_WITH_SELECTION.list().ofSize(values.size()))
                    .as((id, attributes) -> new SetRequestWithList(id, attributes, values))),
        Combinators.combine(INVOKE_ID, attributes(5), BLOCK)
            .as(SetRequestWithListAndFirstDataBlock::new),
        Combinators.combine(INVOKE_ID, ACCESS_RESULT).as(SetResponseNormal::new),
        Combinators.combine(INVOKE_ID, UNSIGNED32).as(SetResponseDataBlock::new),
        Combinators.combine(INVOKE_ID, ACCESS_RESULT, UNSIGNED32).as(SetResponseLastDataBlock::new),
        Combinators.combine(INVOKE_ID, results, UNSIGNED32)
            .as(SetResponseLastDataBlockWithList::new),
        Combinators.combine(INVOKE_ID, results).as(SetResponseWithList::new));
  }

  static Arbitrary<Apdu> action() {
    return Arbitraries.oneOf(
        Combinators.combine(INVOKE_ID, METHOD, DATA.injectNull(0.5)).as(ActionRequestNormal::new),
        Combinators.combine(INVOKE_ID, UNSIGNED32).as(ActionRequestNextPBlock::new),
        VALUES.flatMap(
            values ->
                Combinators.combine(INVOKE_ID, METHOD.list().ofSize(values.size()))
                    .as((id, methods) -> new ActionRequestWithList(id, methods, values))),
        Combinators.combine(INVOKE_ID, METHOD, BLOCK).as(ActionRequestWithFirstPBlock::new),
        Combinators.combine(INVOKE_ID, METHOD.list().ofMaxSize(5), BLOCK)
            .as(ActionRequestWithListAndFirstPBlock::new),
        Combinators.combine(INVOKE_ID, BLOCK).as(ActionRequestWithPBlock::new),
        Combinators.combine(INVOKE_ID, ACTION_RESPONSE).as(ActionResponseNormal::new),
        Combinators.combine(INVOKE_ID, BLOCK).as(ActionResponseWithPBlock::new),
        Combinators.combine(INVOKE_ID, ACTION_RESPONSE.list().ofMaxSize(5))
            .as(ActionResponseWithList::new),
        Combinators.combine(INVOKE_ID, UNSIGNED32).as(ActionResponseNextPBlock::new));
  }

  /** Those of SET and ACTION that carry a block, whose block is still to be given. */
  static Arbitrary<Function<DataBlock, Apdu>> blockForms() {
    return Arbitraries.oneOf(
        Combinators.combine(INVOKE_ID, ATTRIBUTE_WITH_SELECTION)
            .as((id, attribute) -> block -> new SetRequestWithFirstDataBlock(id, attribute, block)),
        INVOKE_ID.map(id -> block -> new SetRequestWithDataBlock(id, block)),
        Combinators.combine(INVOKE_ID, attributes(20))
            .as((id, all) -> block -> new SetRequestWithListAndFirstDataBlock(id, all, block)),
        Combinators.combine(INVOKE_ID, METHOD)
            .as((id, method) -> block -> new ActionRequestWithFirstPBlock(id, method, block)),
        Combinators.combine(INVOKE_ID, METHOD.list().ofMaxSize(20))
            .as((id, all) -> block -> new ActionRequestWithListAndFirstPBlock(id, all, block)),
        INVOKE_ID.map(id -> block -> new ActionRequestWithPBlock(id, block)),
        INVOKE_ID.map(id -> block -> new ActionResponseWithPBlock(id, block)));
  }

  private static Arbitrary<List<AttributeWithSelection>> attributes(int most) {
    return ATTRIBUTE_WITH_SELECTION.list().ofMaxSize(most);
  }

  /** One of some tags, then octets of which many are small enough to be counts and choices. */
  static Arbitrary<Octets> octetsBehind(Integer... tags) {
    return Combinators.combine(
            Arbitraries.of(tags),
            Arbitraries.oneOf(Arbitraries.bytes(), Arbitraries.bytes().between((byte) 0, (byte) 9))
                .array(byte[].class)
                .ofMaxSize(60))
        .as(
            (tag, rest) -> {
              byte[] octets = new byte[1 + rest.length];
              octets[0] = tag.byteValue();
              System.arraycopy(rest, 0, octets, 1, rest.length);
              return Octets.view(octets);
            });
  }

  /** What is taken has a form that is written and read again. */
  static void assertApduOrRefused(Octets octets) {
    Apdu apdu;
    try {
      apdu = ApduCodec.STANDARD.decode(octets);
    } catch (ApduException e) {
      assertFalse(String.valueOf(e.getMessage()).isEmpty());
      return;
    }
    assertEquals(apdu, ApduCodec.STANDARD.decode(ApduCodec.STANDARD.encode(apdu)));
  }
}
