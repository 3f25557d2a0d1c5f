package io.dlms4j.server.description;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.InvokeRequest;
import io.dlms4j.server.InvokeResult;
import io.dlms4j.server.ReadRequest;
import io.dlms4j.server.ReadResult;
import io.dlms4j.server.WriteRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A profile whose rows are captured up to now before anything is done with them. */
record TimedProfile(CosemObject profile, ProfileRows rows) implements CosemObject {
  @Override
  public int classId() {
    return profile.classId();
  }

  @Override
  public int version() {
    return profile.version();
  }

  @Override
  public ObisCode logicalName() {
    return profile.logicalName();
  }

  @Override
  public List<Attribute> attributes() {
    return profile.attributes();
  }

  @Override
  public Optional<Attribute> attribute(int index) {
    return profile.attribute(index);
  }

  @Override
  public List<Integer> methods() {
    return profile.methods();
  }

  @Override
  public CompletionStage<ReadResult> read(ReadRequest request) {
    rows.catchUp();
    return profile.read(request);
  }

  @Override
  public CompletionStage<DataAccessResult> write(WriteRequest request) {
    rows.catchUp();
    return profile.write(request);
  }

  @Override
  public CompletionStage<InvokeResult> invoke(InvokeRequest request) {
    rows.catchUp();
    return profile.invoke(request);
  }

  @Override
  public String toString() {
    return profile.toString();
  }
}
