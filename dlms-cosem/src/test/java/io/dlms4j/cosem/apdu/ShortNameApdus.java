package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.EncodedData;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** APDUs that refer by short name, with any contents. */
final class ShortNameApdus {
  private ShortNameApdus() {}

  static Arbitrary<Apdu> any() {
    return Arbitraries.oneOf(
        variable().list().ofMaxSize(8).map(ReadRequest::new),
        readResults().map(ReadResponse::new),
        written().map(written -> new WriteRequest(variables(written), values(written))),
        Arbitraries.<WriteResult>oneOf(
                Arbitraries.just(new WriteResult.Success()),
                Apdus.ACCESS_RESULT.map(WriteResult.Failure::new),
                Apdus.UNSIGNED16.map(WriteResult.BlockNumber::new))
            .list()
            .ofMaxSize(200)
            .map(WriteResponse::new),
        written().map(written -> new UnconfirmedWriteRequest(variables(written), values(written))),
        Combinators.combine(Apdus.STRINGS.injectNull(0.5), written())
            .as(
                (time, written) ->
                    new InformationReport(time, variables(written), values(written))));
  }

  static Arbitrary<List<ReadResult>> readResults() {
    return Arbitraries.<ReadResult>oneOf(
            Apdus.DATA.map(ReadResult.Data::new),
            Apdus.ACCESS_RESULT.map(ReadResult.Failure::new),
            Combinators.combine(Apdus.BOOLEANS, Apdus.UNSIGNED16, Apdus.STRINGS)
                .as(ReadResult.DataBlockResult::new),
            Apdus.UNSIGNED16.map(ReadResult.BlockNumber::new))
        .list()
        .ofMaxSize(8);
  }

  private static Arbitrary<VariableAccess> variable() {
    return Arbitraries.oneOf(
        Apdus.UNSIGNED16.map(VariableAccess.VariableName::new),
        Combinators.combine(Apdus.UNSIGNED16, Apdus.OCTET, Apdus.DATA)
            .as(VariableAccess.ParameterizedAccess::new),
        Apdus.UNSIGNED16.map(VariableAccess.BlockNumberAccess::new),
        Combinators.combine(Apdus.BOOLEANS, Apdus.UNSIGNED16, Apdus.STRINGS)
            .as(VariableAccess.ReadDataBlockAccess::new),
        Combinators.combine(Apdus.BOOLEANS, Apdus.UNSIGNED16)
            .as(VariableAccess.WriteDataBlockAccess::new));
  }

  private record Written(VariableAccess variable, EncodedData value) {}

  private static Arbitrary<List<Written>> written() {
    return Combinators.combine(variable(), Apdus.DATA).as(Written::new).list().ofMaxSize(8);
  }

  private static List<VariableAccess> variables(List<Written> written) {
    return written.stream().map(Written::variable).toList();
  }

  private static List<EncodedData> values(List<Written> written) {
    return written.stream().map(Written::value).toList();
  }
}
