namespace Credentials.Pilot;

/// <summary>The checkout that this program was built in.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Credentials.sln")))
            {
                return folder;
            }
        }

        throw new PilotException("The pilot runs inside a checkout of Credentials.");
    }
}
