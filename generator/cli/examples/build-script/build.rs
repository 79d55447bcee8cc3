//! Generates the client.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    speccrate::Build::new("petstore.yaml").embed_runtime().write()?;
    Ok(())
}
