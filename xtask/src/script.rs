//! JavaScript for Chromium 69: what wasm-bindgen and we write is lowered to the syntax of Chrome 61, and what was printed is read again to
//! prove it. Syntax matters more than missing functions: one newer token and the engine refuses the whole script.

use std::path::Path;

use anyhow::{Result, bail};
use oxc::allocator::Allocator;
use oxc::ast::ast;
use oxc::ast_visit::{Visit, walk};
use oxc::codegen::{Codegen, CodegenOptions};
use oxc::parser::Parser;
use oxc::semantic::SemanticBuilder;
use oxc::span::{SourceType, Span};
use oxc::transformer::{HelperLoaderMode, TransformOptions, Transformer};

/// How a script is loaded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// By a plain `<script>`.
    Classic,
    /// As an ES module.
    Module,
}

impl Kind {
    fn source_type(self) -> SourceType {
        match self {
            Kind::Classic => SourceType::cjs(),
            Kind::Module => SourceType::mjs(),
        }
    }
}

/// Lowers a script to the floor, without white space and comments.
pub fn lower(source: &str, kind: Kind) -> Result<String> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, source, kind.source_type()).parse();
    if let Some(error) = parsed.errors.first() {
        bail!("a script of the page does not parse: {error}");
    }
    let mut program = parsed.program;
    let scoping = SemanticBuilder::new().build(&program).semantic.into_scoping();
    let mut options = TransformOptions::from_target("chrome61").map_err(anyhow::Error::msg)?;
    options.helper_loader.mode = HelperLoaderMode::External;
    let transformed =
        Transformer::new(&allocator, Path::new("page.js"), &options).build_with_scoping(scoping, &mut program);
    if let Some(error) = transformed.errors.first() {
        bail!("a script of the page cannot be lowered: {error}");
    }
    let code = Codegen::new().with_options(CodegenOptions::minify()).build(&program).code;
    if code.contains("babelHelpers") {
        bail!("a script of the page needs a helper function to be lowered; write that part of it in older syntax");
    }
    check(&code, kind)?;
    Ok(code)
}

/// Fails on a script with syntax newer than the floor, and shows the place.
pub fn check(source: &str, kind: Kind) -> Result<()> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, source, kind.source_type()).parse();
    if let Some(error) = parsed.errors.first() {
        bail!("the script does not parse: {error}");
    }
    let mut newer = Newer { module: kind == Kind::Module, function_depth: 0, found: Vec::new() };
    newer.visit_program(&parsed.program);
    match newer.found.first() {
        None => Ok(()),
        Some((what, span)) => {
            let place: String = source[span.start as usize..].chars().take(80).collect();
            bail!("the script has {what}, which Chromium 69 may not read: {place}")
        }
    }
}

/// Collects syntax newer than ES2018 (less its regular expressions), which is what Chrome 61 to 69 read.
struct Newer {
    module: bool,
    function_depth: usize,
    found: Vec<(&'static str, Span)>,
}

impl<'a> Visit<'a> for Newer {
    fn visit_chain_expression(&mut self, it: &ast::ChainExpression<'a>) {
        self.found.push(("?.", it.span));
    }

    fn visit_logical_expression(&mut self, it: &ast::LogicalExpression<'a>) {
        if it.operator.is_coalesce() {
            self.found.push(("??", it.span));
        }
        walk::walk_logical_expression(self, it);
    }

    fn visit_assignment_expression(&mut self, it: &ast::AssignmentExpression<'a>) {
        if it.operator.is_logical() {
            self.found.push(("a logical assignment", it.span));
        }
        walk::walk_assignment_expression(self, it);
    }

    fn visit_catch_clause(&mut self, it: &ast::CatchClause<'a>) {
        if it.param.is_none() {
            self.found.push(("a catch without a binding", it.span));
        }
        walk::walk_catch_clause(self, it);
    }

    fn visit_big_int_literal(&mut self, it: &ast::BigIntLiteral<'a>) {
        self.found.push(("a BigInt", it.span));
    }

    fn visit_numeric_literal(&mut self, it: &ast::NumericLiteral<'a>) {
        if it.raw.is_some_and(|raw| raw.contains('_')) {
            self.found.push(("a numeric separator", it.span));
        }
    }

    fn visit_string_literal(&mut self, it: &ast::StringLiteral<'a>) {
        if it.raw.is_some_and(|raw| raw.contains(['\u{2028}', '\u{2029}'])) {
            self.found.push(("a bare line separator in a string", it.span));
        }
    }

    fn visit_reg_exp_literal(&mut self, it: &ast::RegExpLiteral<'a>) {
        use ast::RegExpFlags as Flags;
        let pattern = it.regex.pattern.text.as_str();
        let named_group = pattern.match_indices("(?<").any(|(at, _)| !pattern[at + 3..].starts_with(['=', '!']));
        if it.regex.flags.intersects(Flags::S | Flags::D | Flags::V)
            || named_group
            || pattern.contains("(?<")
            || pattern.contains("\\p{")
        {
            self.found.push(("a newer regular expression", it.span));
        }
    }

    fn visit_property_definition(&mut self, it: &ast::PropertyDefinition<'a>) {
        self.found.push(("a class field", it.span));
    }

    fn visit_accessor_property(&mut self, it: &ast::AccessorProperty<'a>) {
        self.found.push(("an accessor", it.span));
    }

    fn visit_static_block(&mut self, it: &ast::StaticBlock<'a>) {
        self.found.push(("a static block", it.span));
    }

    fn visit_private_identifier(&mut self, it: &ast::PrivateIdentifier<'a>) {
        self.found.push(("a private name", it.span));
    }

    fn visit_decorator(&mut self, it: &ast::Decorator<'a>) {
        self.found.push(("a decorator", it.span));
    }

    fn visit_hashbang(&mut self, it: &ast::Hashbang<'a>) {
        self.found.push(("a hashbang", it.span));
    }

    fn visit_import_expression(&mut self, it: &ast::ImportExpression<'a>) {
        if !self.module {
            self.found.push(("import()", it.span));
        }
        walk::walk_import_expression(self, it);
    }

    fn visit_import_attribute(&mut self, it: &ast::ImportAttribute<'a>) {
        self.found.push(("an import attribute", it.span));
    }

    fn visit_export_all_declaration(&mut self, it: &ast::ExportAllDeclaration<'a>) {
        if it.exported.is_some() {
            self.found.push(("export * as", it.span));
        }
    }

    fn visit_for_of_statement(&mut self, it: &ast::ForOfStatement<'a>) {
        if it.r#await {
            self.found.push(("for await", it.span));
        }
        walk::walk_for_of_statement(self, it);
    }

    fn visit_function(&mut self, it: &ast::Function<'a>, flags: oxc::semantic::ScopeFlags) {
        if it.r#async && it.generator {
            self.found.push(("an async generator", it.span));
        }
        self.function_depth += 1;
        walk::walk_function(self, it, flags);
        self.function_depth -= 1;
    }

    fn visit_arrow_function_expression(&mut self, it: &ast::ArrowFunctionExpression<'a>) {
        self.function_depth += 1;
        walk::walk_arrow_function_expression(self, it);
        self.function_depth -= 1;
    }

    fn visit_await_expression(&mut self, it: &ast::AwaitExpression<'a>) {
        if self.function_depth == 0 {
            self.found.push(("await outside a function", it.span));
        }
        walk::walk_await_expression(self, it);
    }

    fn visit_variable_declaration(&mut self, it: &ast::VariableDeclaration<'a>) {
        if it.kind.is_using() || it.kind.is_await() {
            self.found.push(("using", it.span));
        }
        walk::walk_variable_declaration(self, it);
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, check, lower};

    const NEWER: [&str; 17] = [
        "a?.b",
        "a ?? b",
        "a ||= b",
        "try {} catch {}",
        "1n",
        "1_000",
        "/(?<year>\\d+)/",
        "/(?<=a)b/",
        "/./s",
        "class A { b = 1 }",
        "class A { static { f() } }",
        "class A { #b() {} }",
        "import('x')",
        "async function* f() {}",
        "async function f() { for await (const a of b) {} }",
        "#!/usr/bin/env node",
        "class A { static #b = 1; static c(d) { return #b in d } }",
    ];

    #[test]
    fn newer_syntax_is_refused() {
        for source in NEWER {
            assert!(check(source, Kind::Classic).is_err(), "{source} must be refused");
        }
        for source in ["await f()", "export * as a from 'b'", "import a from 'b' with { type: 'json' }"] {
            assert!(check(source, Kind::Module).is_err(), "{source} must be refused");
        }
    }

    #[test]
    fn syntax_of_the_floor_passes() {
        for source in [
            "async (a) => { await a }",
            "const b = { ...a }",
            "a ** b",
            "for (const [a] of b) {}",
            "try {} catch (e) {}",
            "`${a}`",
        ] {
            check(source, Kind::Classic).unwrap_or_else(|error| panic!("{source}: {error}"));
        }
        check("export default import.meta.url", Kind::Module).unwrap();
    }

    #[test]
    fn newer_syntax_is_lowered() {
        for source in ["f(a?.b ?? c)", "a.b ||= c", "try { f() } catch { g() }", "f(1_000)"] {
            let lowered = lower(source, Kind::Classic).unwrap_or_else(|error| panic!("{source}: {error}"));
            assert!(!lowered.is_empty());
        }
    }
}
