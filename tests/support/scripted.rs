//! A server that answers whatever it is told to, where the local ECR is too well-behaved.

use std::{
    collections::VecDeque,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use serde_json::Value;

/// An answer: its status and its body.
pub(crate) type Answer = (u16, String);

/// A running server. The last answer is given again and again.
#[derive(Debug)]
pub(crate) struct Scripted {
    url: String,
    asked: Arc<Mutex<Vec<Value>>>,
}

impl Scripted {
    pub(crate) fn start(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self::with_header("", answers)
    }

    /// Answers with one more line in the header, its end included.
    pub(crate) fn with_header(header: &'static str, answers: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::<Mutex<Vec<Value>>>::default();
        let mut answers = answers.into_iter().collect::<VecDeque<_>>();
        // The thread ends with the test process.
        thread::spawn({
            let asked = Arc::clone(&asked);
            move || {
                for stream in listener.incoming().flatten() {
                    let answer = if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() };
                    // Whoever goes away in the middle is not served.
                    let _ = answer.map(|answer| serve(stream, header, &answer, &asked));
                }
            }
        });
        Self { url, asked }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The bodies of the requests so far.
    pub(crate) fn asked(&self) -> Vec<Value> {
        self.asked.lock().unwrap().clone()
    }
}

/// One request on a connection of its own. It is noted before it is answered, so that whoever has the answer sees it.
fn serve(stream: TcpStream, header: &str, (status, body): &Answer, asked: &Mutex<Vec<Value>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        match line.trim_end().to_ascii_lowercase().split_once(':') {
            Some(("content-length", value)) => length = value.trim().parse().unwrap_or(0),
            None if line.trim_end().is_empty() => break,
            _ => {}
        }
    }
    let mut request = vec![0; length];
    reader.read_exact(&mut request)?;
    asked.lock().unwrap().push(serde_json::from_slice(&request).unwrap_or_default());
    let length = body.len();
    let head = format!("HTTP/1.1 {status} X\r\n{header}content-length: {length}\r\nconnection: close\r\n\r\n");
    reader.get_mut().write_all((head + body).as_bytes())
}
