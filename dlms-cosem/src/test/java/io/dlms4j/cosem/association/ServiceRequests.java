package io.dlms4j.cosem.association;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.AccessRequestSpecification;
import io.dlms4j.cosem.apdu.AttributeWithSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Random requests to a {@link MeterModel}. */
final class ServiceRequests {
  private static final int MOST_ITEMS = 5;

  private ServiceRequests() {}

  static ServiceRequest logicalNames(Random random, int longest, boolean access) {
    int[] cells = cells(random);
    List<AttributeWithSelection> attributes =
        IntStream.of(cells)
            .mapToObj(cell -> new AttributeWithSelection(MeterModel.attribute(cell)))
            .toList();
    List<EncodedData> values = values(random, cells.length, longest);
    return switch (random.nextInt(access ? 4 : 3)) {
      case 0 -> new ServiceRequest.Get(attributes);
      case 1 -> new ServiceRequest.Set(attributes, values);
      case 2 ->
          new ServiceRequest.Action(
              IntStream.of(cells).mapToObj(MeterModel::method).toList(), new ArrayList<>(values));
      default -> access(random, cells, values);
    };
  }

  private static ServiceRequest access(Random random, int[] cells, List<EncodedData> values) {
    List<AccessRequestSpecification> specifications = new ArrayList<>();
    for (int cell : cells) {
      specifications.add(
          switch (random.nextInt(3)) {
            case 0 -> new AccessRequestSpecification.Get(MeterModel.attribute(cell));
            case 1 -> new AccessRequestSpecification.Set(MeterModel.attribute(cell));
            default -> new AccessRequestSpecification.Action(MeterModel.method(cell));
          });
    }
    return new ServiceRequest.Access(
        specifications, values, random.nextBoolean(), false, Octets.EMPTY);
  }

  static ServiceRequest shortNames(Random random, int longest) {
    int[] cells = cells(random);
    var variables = IntStream.of(cells).mapToObj(MeterModel::variable).toList();
    return random.nextBoolean()
        ? new ServiceRequest.Read(variables)
        : new ServiceRequest.Write(variables, values(random, cells.length, longest));
  }

  private static int[] cells(Random random) {
    int items = random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(MOST_ITEMS);
    return random.ints(items, 0, MeterModel.CELLS).toArray();
  }

  private static List<EncodedData> values(Random random, int number, int longest) {
    List<EncodedData> values = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      byte[] octets = new byte[random.nextInt(1 + random.nextInt(longest))];
      random.nextBytes(octets);
      values.add(
          EncodedData.of(
              random.nextInt(4) == 0
                  ? CosemData.unsigned(random.nextInt(256))
                  : CosemData.octetString(Octets.view(octets))));
    }
    return values;
  }
}
