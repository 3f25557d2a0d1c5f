package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ObisCode;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** APDUs of any kind with any contents, and what they are made of. */
final class Apdus {
  static final Arbitrary<Octets> STRINGS =
      Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(Octets::copyOf);
  static final Arbitrary<Integer> OCTET = Arbitraries.integers().between(0, 255);
  static final Arbitrary<Integer> UNSIGNED16 = Arbitraries.integers().between(0, 0xFFFF);
  static final Arbitrary<Long> UNSIGNED32 = Arbitraries.longs().between(0, 0xFFFF_FFFFL);
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
  private static final Arbitrary<Integer> INDEX = Arbitraries.integers().between(-128, 127);

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
      Combinators.combine(Arbitraries.of(true, false), UNSIGNED32, STRINGS).as(DataBlock::new);

  private static final Arbitrary<List<EncodedData>> VALUES = DATA.list().ofMaxSize(5);

  private Apdus() {}

  static Arbitrary<Apdu> get() {
    return Arbitraries.oneOf(
        Combinators.combine(INVOKE_ID, ATTRIBUTE, SELECTION.injectNull(0.5))
            .as(GetRequestNormal::new),
        Combinators.combine(INVOKE_ID, UNSIGNED32).as(GetRequestNext::new),
        Combinators.combine(INVOKE_ID, attributes(5)).as(GetRequestWithList::new),
        Combinators.combine(INVOKE_ID, GET_DATA_RESULT).as(GetResponseNormal::new),
        Combinators.combine(
                INVOKE_ID,
                Arbitraries.of(true, false),
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
}
