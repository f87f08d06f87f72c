//! Errors as providers word them, and what they mean.

use super::*;
use serde_json::json;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn tool() -> Manner {
    Manner::Tool { name: "t".into(), description: String::new(), schema: json!({}), must_call: false }
}

fn read(manner: &Manner, status: u16, body: &str) -> Trouble {
    of_answer(status, &HeaderMap::new(), body, Asked { manner, key: None }, NOW)
}

#[test]
fn providers_errors_mean_the_same_whatever_their_shape() {
    let limited = || Failure::RateLimited { retry_after: None };
    let table = [
        // OpenAI
        (
            401,
            r#"{"error":{"message":"Incorrect API key provided: sk-a***z.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#,
            Failure::KeyRefused,
        ),
        (
            429,
            r#"{"error":{"message":"You exceeded your current quota, please check your plan","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"#,
            Failure::NoCredit,
        ),
        (
            429,
            r#"{"error":{"message":"Rate limit reached for gpt-4o on tokens per min (TPM): Limit 30000","type":"tokens","code":"rate_limit_exceeded"}}"#,
            limited(),
        ),
        (
            429,
            r#"{"error":{"message":"Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 41000.","type":"tokens","code":"rate_limit_exceeded"}}"#,
            Failure::TooLong,
        ),
        (
            404,
            r#"{"error":{"message":"The model `gpt-9` does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}"#,
            Failure::UnknownModel,
        ),
        (
            403,
            r#"{"error":{"message":"Project `p` does not have access to model `gpt-4`","type":"invalid_request_error","code":"model_not_found"}}"#,
            Failure::UnknownModel,
        ),
        (
            400,
            r#"{"error":{"message":"This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"#,
            Failure::TooLong,
        ),
        (
            403,
            r#"{"error":{"message":"Country not supported","code":"unsupported_country_region_territory","type":"request_forbidden"}}"#,
            Failure::KeyRefused,
        ),
        // Azure
        (
            400,
            r#"{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}"#,
            Failure::ContentRefused,
        ),
        (
            404,
            r#"{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}}"#,
            Failure::UnknownModel,
        ),
        // Anthropic
        (
            400,
            r#"{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 210000 tokens > 200000 maximum"}}"#,
            Failure::TooLong,
        ),
        (
            413,
            r#"{"type":"error","error":{"type":"request_too_large","message":"Request exceeds the maximum allowed number of bytes."}}"#,
            Failure::TooLong,
        ),
        (
            400,
            r#"{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API."}}"#,
            Failure::NoCredit,
        ),
        (
            401,
            r#"{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}"#,
            Failure::KeyRefused,
        ),
        (
            404,
            r#"{"type":"error","error":{"type":"not_found_error","message":"model: claude-0"}}"#,
            Failure::UnknownModel,
        ),
        (
            429,
            r#"{"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your organization's rate limit"}}"#,
            limited(),
        ),
        (
            400,
            r#"{"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by content filtering policy"}}"#,
            Failure::ContentRefused,
        ),
        // llama.cpp
        (
            400,
            r#"{"error":{"code":400,"message":"the request exceeds the available context size. try increasing the context size or enable context shift","type":"exceed_context_size_error","n_prompt_tokens":900,"n_ctx":512}}"#,
            Failure::TooLong,
        ),
        (
            500,
            r#"{"error":{"code":500,"message":"the request exceeds the available context size","type":"server_error"}}"#,
            Failure::TooLong,
        ),
        (
            401,
            r#"{"error":{"code":401,"message":"Invalid API Key","type":"authentication_error"}}"#,
            Failure::KeyRefused,
        ),
        // vLLM
        (
            400,
            r#"{"object":"error","message":"This model's maximum context length is 512 tokens. However, you requested 700 tokens.","type":"BadRequestError","param":null,"code":400}"#,
            Failure::TooLong,
        ),
        (
            404,
            r#"{"object":"error","message":"The model `x` does not exist.","type":"NotFoundError","param":null,"code":404}"#,
            Failure::UnknownModel,
        ),
        // Ollama
        (
            404,
            r#"{"error":{"message":"model \"x\" not found, try pulling it first","type":"api_error","param":null,"code":null}}"#,
            Failure::UnknownModel,
        ),
        // LiteLLM, OpenRouter, DeepSeek, Gemini
        (
            400,
            r#"{"error":{"message":"litellm.ContextWindowExceededError: litellm.BadRequestError","type":null,"param":null,"code":"400"}}"#,
            Failure::TooLong,
        ),
        (
            400,
            r#"{"error":{"message":"/chat/completions: Invalid model name passed in model=x. Call `/v1/models`","type":"invalid_request_error","param":"model","code":"400"}}"#,
            Failure::UnknownModel,
        ),
        (402, r#"{"error":{"message":"Insufficient credits. Add more","code":402}}"#, Failure::NoCredit),
        (400, r#"{"error":{"message":"x/y is not a valid model ID","code":400}}"#, Failure::UnknownModel),
        (
            402,
            r#"{"error":{"message":"Insufficient Balance","type":"unknown_error","code":"invalid_request_error"}}"#,
            Failure::NoCredit,
        ),
        (
            400,
            r#"[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key."}}]"#,
            Failure::Refused(String::new()),
        ),
        (
            400,
            r#"{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}"#,
            Failure::KeyRefused,
        ),
        // Nothing but a status
        (404, "404 page not found", Failure::UnknownModel),
        (403, "", Failure::KeyRefused),
        (429, "", limited()),
        (529, "", Failure::ServerFailed { status: 529, message: String::new() }),
        (
            502,
            "<html><h1>Bad Gateway</h1></html>",
            Failure::ServerFailed { status: 502, message: "it sent a web page".into() },
        ),
        (400, r#"{"detail":[{"msg":"field required"}]}"#, Failure::Refused("field required".into())),
        (400, r#"{"error":"no messages"}"#, Failure::Refused("no messages".into())),
    ];
    for (status, body, expected) in table {
        assert_eq!(read(&tool(), status, body).failure, expected, "{status} {body}");
        assert_eq!(read(&Manner::Words, status, body).failure, expected, "{status} {body}");
    }
}

#[test]
fn what_a_server_takes_not_is_told_from_what_it_can_read() {
    let json = Manner::Json { name: "j".into(), schema: json!({}) };
    let table = [
        (
            &tool(),
            400,
            r#"{"error":{"message":"registry.ollama.ai/library/tiny does not support tools","type":"api_error"}}"#,
            "tools",
        ),
        (
            &tool(),
            400,
            r#"{"object":"error","message":"\"auto\" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set","type":"BadRequestError","code":400}"#,
            "tools",
        ),
        (
            &tool(),
            500,
            r#"{"error":{"code":500,"message":"tools param requires --jinja flag","type":"server_error"}}"#,
            "tools",
        ),
        (
            &tool(),
            404,
            r#"{"error":{"message":"No endpoints found that support tool use. To learn more","code":404}}"#,
            "tools",
        ),
        (
            &tool(),
            400,
            r#"{"error":{"message":"Invalid schema for function 'hand_off': required is required","param":"tools[0].function.parameters","code":"invalid_function_parameters"}}"#,
            "tools",
        ),
        (
            &json,
            400,
            r#"{"error":{"message":"Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.","param":"response_format"}}"#,
            "schemas",
        ),
        (
            &json,
            400,
            r#"{"type":"error","error":{"type":"invalid_request_error","message":"output_config: Extra inputs are not permitted"}}"#,
            "schemas",
        ),
        (
            &json,
            400,
            r#"{"error":{"code":400,"message":"Failed to parse grammar","type":"invalid_request_error"}}"#,
            "schemas",
        ),
    ];
    for (manner, status, body, what) in table {
        assert_eq!(read(manner, status, body).failure, Failure::NotSupported(what), "{body}");
        assert!(!matches!(read(&Manner::Words, status, body).failure, Failure::NotSupported(_)), "{body}");
    }
}

#[test]
fn an_option_that_is_not_taken_is_named() {
    let none = Dislikes::default();
    let table = [
        (
            r#"{"error":{"message":"Unsupported value: 'temperature' does not support 0.3 with this model. Only the default (1) value is supported.","param":"temperature","code":"unsupported_value"}}"#,
            Dislikes { temperature: true, ..none },
        ),
        (
            r#"{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","param":"max_tokens","code":"unsupported_parameter"}}"#,
            Dislikes { max_tokens: true, ..none },
        ),
        (r#"{"message":"Extra inputs are not permitted: stream_options"}"#, Dislikes { usage: true, ..none }),
    ];
    for (body, expected) in table {
        assert_eq!(read(&tool(), 400, body).dislikes, Some(expected), "{body}");
    }
    assert_eq!(read(&tool(), 400, r#"{"error":"no messages"}"#).dislikes, None);
}

#[test]
fn errors_inside_a_stream_are_read_too() {
    let of = |body: Value| of_event(&body, Asked { manner: &Manner::Words, key: None }).failure;
    let overloaded = of(json!({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}));
    assert_eq!(overloaded, Failure::ServerFailed { status: 529, message: "Overloaded".into() });
    assert_eq!(of(json!({"code": 429, "message": "slow down"})), Failure::RateLimited { retry_after: None });
    assert_eq!(of(json!({"message": "boom"})), Failure::ServerFailed { status: 500, message: "boom".into() });
}

#[test]
fn a_server_may_say_how_long_to_wait_in_three_ways() {
    let wait = |pairs: &[(&'static str, &str)]| {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        retry_after(&headers, NOW)
    };
    assert_eq!(wait(&[("retry-after", "7")]), Some(Duration::from_secs(7)));
    assert_eq!(wait(&[("retry-after-ms", "1500"), ("retry-after", "2")]), Some(Duration::from_millis(1500)));
    assert_eq!(wait(&[("retry-after", "Thu, 01 Jan 1970 00:00:09 GMT")]), Some(Duration::from_secs(9)));
    let dates = [("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"), ("date", "Sun, 06 Nov 1994 08:49:30 GMT")];
    assert_eq!(wait(&dates), Some(Duration::from_secs(7)));
    assert_eq!(wait(&[("retry-after", "-3")]), Some(Duration::ZERO));
    assert_eq!(wait(&[("retry-after", "1e99")]), Some(WAIT_MAX));
    for nothing in ["soon", "NaN", ""] {
        assert!(wait(&[("retry-after", nothing)]).is_none_or(|wait| wait <= WAIT_MAX));
    }
    assert_eq!(wait(&[]), None);
}

#[test]
fn a_key_that_is_echoed_is_struck_out() {
    let key = Secret("sk-very-secret".into());
    for body in [r#"{"error":"bad key sk-very-secret here"}"#, "plain sk-very-secret", "sk-very-secret"] {
        let asked = Asked { manner: &Manner::Words, key: Some(&key) };
        let trouble = of_answer(400, &HeaderMap::new(), body, asked, NOW);
        assert!(!format!("{trouble:?} {}", trouble.failure).contains("secret"), "{trouble:?}");
    }
}
