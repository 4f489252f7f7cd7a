using Credentials.Anchoring;
using Credentials.Evidence;

namespace Credentials.Verification.Bundles;

/// <summary>A registry as a bundle's evidence shows it: how things stood at one block.</summary>
internal sealed class BundledRegistry(ChainEvidence evidence, Parsed<WitnessedHeader> header) : IRegistryReader
{
    /// <inheritdoc/>
    public RegistryAddress Registry => evidence.Registry;

    /// <summary>Why the last question was not answered; null when it was.</summary>
    public Problem? Fault { get; private set; }

    /// <inheritdoc/>
    public Task<RegistryReading> ReadAsync(RegistryQuery query, CancellationToken cancellationToken)
    {
        RegistryReading reading = Read(query);
        Fault = reading.Problem;
        return Task.FromResult(reading);
    }

    private RegistryReading Read(RegistryQuery query)
    {
        if (!header.Ok)
        {
            return RegistryReading.Unavailable(header.Problem);
        }

        RegistryReading reading = header.Value.Chain.Reader.Read(evidence, query);
        return reading.Record is { } record ? RegistryReading.Of(record with { Assurance = RegistryAssurance.Bundle, HeadTime = header.Value.Header.Time }) : reading;
    }
}
