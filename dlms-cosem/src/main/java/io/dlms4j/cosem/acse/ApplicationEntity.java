package io.dlms4j.cosem.acse;

import io.dlms4j.axdr.Octets;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, is called or responds: the four fields by which an AARQ or AARE names an application
 * entity (Green Book 9.4.2). All of them are optional.
 *
 * @param apTitle AP-title: with ciphering the system title, eight octets; null if there is none
 * @param aeQualifier AE-qualifier: where a certificate is sent, that; null if there is none
 * @param apInvocationId AP-invocation-identifier; null if there is none
 * @param aeInvocationId AE-invocation-identifier: of a client, the user who is behind it, 0..255;
 *     null if there is none
 */
public record ApplicationEntity(
    @Nullable Octets apTitle,
    @Nullable Octets aeQualifier,
    @Nullable Long apInvocationId,
    @Nullable Long aeInvocationId) {
  /** Nobody in particular: none of the fields. */
  public static final ApplicationEntity UNNAMED = new ApplicationEntity(null, null, null, null);

  /**
   * The same entity with this AP-title.
   *
   * @param title the system title
   * @return a copy
   */
  public ApplicationEntity withApTitle(Octets title) {
    return new ApplicationEntity(title, aeQualifier, apInvocationId, aeInvocationId);
  }

  /**
   * The same entity with this AE-qualifier.
   *
   * @param qualifier a certificate
   * @return a copy
   */
  public ApplicationEntity withAeQualifier(Octets qualifier) {
    return new ApplicationEntity(apTitle, qualifier, apInvocationId, aeInvocationId);
  }

  /**
   * The same entity with this AP-invocation-identifier.
   *
   * @param id any number
   * @return a copy
   */
  public ApplicationEntity withApInvocationId(long id) {
    return new ApplicationEntity(apTitle, aeQualifier, id, aeInvocationId);
  }

  /**
   * The same entity with this AE-invocation-identifier.
   *
   * @param id of a client, the user: 0..255
   * @return a copy
   */
  public ApplicationEntity withAeInvocationId(long id) {
    return new ApplicationEntity(apTitle, aeQualifier, apInvocationId, id);
  }
}
