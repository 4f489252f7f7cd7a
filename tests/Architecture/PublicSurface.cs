using System.Reflection;

namespace Credentials.Architecture;

/// <summary>The public surface of the libraries that others compile against. It changes only on purpose: CREDENTIALS_WRITE_SURFACE=1 rewrites the files.</summary>
public sealed class PublicSurface
{
    [Theory]
    [InlineData(typeof(JsonLd.JsonLdProcessor))]
    [InlineData(typeof(Problem))]
    [InlineData(typeof(Verification.CredentialVerifier))]
    public void Is_the_one_that_was_agreed(Type marker)
    {
        Assembly assembly = marker.Assembly;
        string file = Path.Combine(Repository.Root, "tests", "Architecture", assembly.GetName().Name + ".surface.txt");
        string actual = string.Join('\n', assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(Describe)) + "\n";
        if (Environment.GetEnvironmentVariable("CREDENTIALS_WRITE_SURFACE") == "1")
        {
            File.WriteAllText(file, actual);
        }

        Assert.Equal(File.ReadAllText(file), actual);
    }

    private static IEnumerable<string> Describe(Type type)
    {
        yield return $"{Kind(type)} {Name(type)}";
        BindingFlags flags = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<string> members = type.GetMembers(flags)
            .Where(member => member is not MethodInfo { IsSpecialName: true, Name: var name } || name.StartsWith("op_", StringComparison.Ordinal))
            .Where(member => !member.Name.Contains('<', StringComparison.Ordinal) && member is not Type)
            .Select(member => "  " + Signature(member))
            .Order(StringComparer.Ordinal);
        foreach (string member in members)
        {
            yield return member;
        }
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Signature(MemberInfo member) => member switch
    {
        MethodBase method => $"{(method.IsStatic ? "static " : string.Empty)}{(method is MethodInfo m ? Name(m.ReturnType) + " " : string.Empty)}{method.Name}({string.Join(", ", method.GetParameters().Select(p => Name(p.ParameterType) + " " + p.Name))})",
        PropertyInfo property => $"{Name(property.PropertyType)} {property.Name} {{{(property.CanRead ? " get;" : string.Empty)}{(property.SetMethod is { IsPublic: true } ? " set;" : string.Empty)} }}",
        FieldInfo field => $"{Name(field.FieldType)} {field.Name}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : string.Empty)}",
        _ => member.ToString()!,
    };

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
