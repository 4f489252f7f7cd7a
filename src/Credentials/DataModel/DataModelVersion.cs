namespace Credentials.DataModel;

/// <summary>The version of the data model, as the first <c>@context</c> says it.</summary>
public enum DataModelVersion
{
    /// <summary>VCDM 1.1, read but never issued. https://www.w3.org/TR/vc-data-model-1.1/</summary>
    V1 = 1,

    /// <summary>VCDM 2.0. https://www.w3.org/TR/vc-data-model-2.0/</summary>
    V2 = 2,
}
