using System.Text.Json;
using System.Text.Json.Serialization;
using Credentials.IssuerApi.Accreditation;
using Credentials.IssuerApi.Anchoring;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Batches;
using Credentials.IssuerApi.Derivation;
using Credentials.IssuerApi.Distrust;
using Credentials.IssuerApi.Health;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Identities;
using Credentials.IssuerApi.Instances;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Links;
using Credentials.IssuerApi.Status;
using Credentials.IssuerApi.Succession;
using Credentials.IssuerApi.Wallets.Metadata;
using Credentials.IssuerApi.Wallets.Offers;

namespace Credentials.IssuerApi;

/// <summary>The messages of the API. What comes in may not name a member twice.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, AllowDuplicateProperties = false, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateApiKey))]
[JsonSerializable(typeof(CreatedApiKey))]
[JsonSerializable(typeof(IReadOnlyList<ApiKeyInfo>))]
[JsonSerializable(typeof(CreateInstitution))]
[JsonSerializable(typeof(CreatedInstitution))]
[JsonSerializable(typeof(InstitutionInfo))]
[JsonSerializable(typeof(CreateKey))]
[JsonSerializable(typeof(RetireKey))]
[JsonSerializable(typeof(KeyReport))]
[JsonSerializable(typeof(SetIdentity))]
[JsonSerializable(typeof(IdentityInfo))]
[JsonSerializable(typeof(CreateAccreditation))]
[JsonSerializable(typeof(AccreditationInfo))]
[JsonSerializable(typeof(IReadOnlyList<AccreditationInfo>))]
[JsonSerializable(typeof(ProposeSuccessor))]
[JsonSerializable(typeof(AcceptSuccession))]
[JsonSerializable(typeof(SuccessionInfo))]
[JsonSerializable(typeof(DistrustRoot))]
[JsonSerializable(typeof(DistrustedRoot))]
[JsonSerializable(typeof(InstanceCredential))]
[JsonSerializable(typeof(IReadOnlyList<InstanceInfo>))]
[JsonSerializable(typeof(DerivedCredential))]
[JsonSerializable(typeof(IssuedCredential))]
[JsonSerializable(typeof(CredentialState))]
[JsonSerializable(typeof(PublicLink))]
[JsonSerializable(typeof(UpdateStatus))]
[JsonSerializable(typeof(StatusInfo))]
[JsonSerializable(typeof(BatchProgress))]
[JsonSerializable(typeof(BatchErrors))]
[JsonSerializable(typeof(BatchCredentials))]
[JsonSerializable(typeof(AnchoringReport))]
[JsonSerializable(typeof(AnchoringOrdersReport))]
[JsonSerializable(typeof(TransactionReport))]
[JsonSerializable(typeof(TransactionItem))]
[JsonSerializable(typeof(OfferRequest))]
[JsonSerializable(typeof(OfferAnswer))]
[JsonSerializable(typeof(OfferLine))]
[JsonSerializable(typeof(IReadOnlyList<OfferInfo>))]
[JsonSerializable(typeof(KeyCertificateInfo))]
[JsonSerializable(typeof(HealthReportMessage))]
[JsonSerializable(typeof(ProblemItem[]))]
internal sealed partial class IssuerJson : JsonSerializerContext;
