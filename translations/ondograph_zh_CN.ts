<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AggregateTr</name>
    <message>
        <source>A table, its time column, a value column and a bucket width are needed to aggregate.</source>
        <translation>聚合需要表、时间列、数值列和桶宽。</translation>
    </message>
</context>
<context>
    <name>CliTr</name>
    <message>
        <source>There is no command, and no folder, named &quot;%1&quot;.</source>
        <translation>没有名为“%1”的命令或文件夹。</translation>
    </message>
    <message>
        <source>Did you mean %1?</source>
        <translation>是否想用 %1？</translation>
    </message>
    <message>
        <source>See: ondograph --help</source>
        <translation>参见：ondograph --help</translation>
    </message>
    <message>
        <source>Ondograph asks databases that are reached by REST, and draws what they say.

Usage: ondograph [WORKSPACE]            the desktop
       ondograph COMMAND [ARGUMENTS]    without a window

Commands:
</source>
        <translation>Ondograph 查询通过 REST 访问的数据库，并把结果画出来。

用法：ondograph [工作区]               桌面
      ondograph 命令 [参数]            无窗口

命令：
</translation>
    </message>
    <message>
        <source>
ondograph COMMAND --help says more. To try:
</source>
        <translation>
ondograph 命令 --help 有更多说明。可以试试：
</translation>
    </message>
    <message>
        <source>Warning: a secret stood in the URL, where other users could see it and the shell&apos;s history keeps it.
Give it by --password-env VAR or --password-stdin instead.
</source>
        <translation>警告：URL 中含有机密，其他用户可能看到，shell 历史也会保留它。
请改用 --password-env VAR 或 --password-stdin。
</translation>
    </message>
    <message>
        <source>No command is given.</source>
        <translation>没有给出命令。</translation>
    </message>
</context>
<context>
    <name>CommandLine</name>
    <message>
        <source>TARGET [PATH] [OPTIONS]</source>
        <translation>目标 [路径] [选项]</translation>
    </message>
    <message>
        <source>Lists what is in a server, a database or a table: path, kind, type, detail.</source>
        <translation>列出服务器、数据库或表的内容：路径、种类、类型、详情。</translation>
    </message>
    <message>
        <source>Names in PATH are joined by /; a slash in a name is written %2F. A slash at the end asks for the child
tables of a table instead of its columns.</source>
        <translation>路径中的名称以 / 连接；名称中的斜杠写作 %2F。末尾加斜杠则列出
超级表的子表而不是列。</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>leave out the first N</source>
        <translation>跳过前 N 个</translation>
    </message>
    <message>
        <source>[OPTIONS]</source>
        <translation>[选项]</translation>
    </message>
    <message>
        <source>Lists the connectors that are there, damaged ones too: id, version, state, capabilities, reason.</source>
        <translation>列出现有的连接器（包括损坏的）：标识、版本、状态、能力、原因。</translation>
    </message>
    <message>
        <source>%1 rows, %2 s</source>
        <translation>%1 行，%2 秒</translation>
    </message>
    <message>
        <source>Warning:</source>
        <translation>警告：</translation>
    </message>
    <message>
        <source>Interrupted.</source>
        <translation>已中断。</translation>
    </message>
    <message>
        <source>The result is cut after %1 rows.</source>
        <translation>结果在 %1 行后被截断。</translation>
    </message>
    <message>
        <source>%1 rows affected</source>
        <translation>影响 %1 行</translation>
    </message>
    <message>
        <source>The result is cut at the limit of %1 rows.</source>
        <translation>结果在 %1 行的上限处被截断。</translation>
    </message>
    <message>
        <source>%1 rows are a limit of the server&apos;s: there may be more.</source>
        <translation>%1 行是服务器的上限：可能还有更多。</translation>
    </message>
    <message>
        <source>What came is in %1; %2 is as it was.</source>
        <translation>已收到的内容在 %1；%2 保持原样。</translation>
    </message>
    <message>
        <source>The text holds no statement.</source>
        <translation>文本中没有语句。</translation>
    </message>
    <message>
        <source>--timeout needs a number of seconds (0: none), not &quot;%1&quot;.</source>
        <translation>--timeout 需要秒数（0：不限），而不是“%1”。</translation>
    </message>
    <message>
        <source>--param needs NAME=VALUE, not &quot;%1&quot;.</source>
        <translation>--param 需要 名称=值，而不是“%1”。</translation>
    </message>
    <message>
        <source>TARGET (SQL | - | --file F) [OPTIONS]</source>
        <translation>目标 (SQL | - | --file F) [选项]</translation>
    </message>
    <message>
        <source>Runs statements one after another and prints their results.</source>
        <translation>依次运行语句并输出结果。</translation>
    </message>
    <message>
        <source>The text is split into statements by the dialect&apos;s rules; &quot;-&quot; reads it from standard input. The first
failure ends the run. Exit codes: 0 done, 1 the server states an error, 2 command line, 3 network,
4 log-in, 5 not the dialect&apos;s form, 130 interrupted.</source>
        <translation>文本按方言规则拆分为语句；“-”表示从标准输入读取。第一个失败结束运行。
退出码：0 完成，1 服务器报错，2 命令行，3 网络，
4 登录，5 不符合方言格式，130 被中断。</translation>
    </message>
    <message>
        <source>F</source>
        <translation>F</translation>
    </message>
    <message>
        <source>read the statements from a file</source>
        <translation>从文件读取语句</translation>
    </message>
    <message>
        <source>NAME=VALUE</source>
        <translation>名称=值</translation>
    </message>
    <message>
        <source>a value for a parameter of the statements</source>
        <translation>语句参数的值</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>seconds without a byte until it is given up (default 300, 0: never)</source>
        <translation>多少秒没有收到字节就放弃（默认 300，0：永不）</translation>
    </message>
    <message>
        <source>end with a line of JSON on standard error: rows, bytes, times, completeness</source>
        <translation>最后向标准错误输出一行 JSON：行数、字节数、时间、完整性</translation>
    </message>
    <message>
        <source>The parameter %1 is given twice.</source>
        <translation>参数 %1 给出了两次。</translation>
    </message>
    <message>
        <source>The statement is given twice: as an argument and by --file.</source>
        <translation>语句给出了两次：作为参数和 --file。</translation>
    </message>
    <message>
        <source>No statement is given.</source>
        <translation>没有给出语句。</translation>
    </message>
    <message>
        <source>Give it as one argument in quotes, as - for standard input, or as --file F.</source>
        <translation>请作为一个带引号的参数给出，或用 - 表示标准输入，或用 --file F。</translation>
    </message>
    <message>
        <source>Standard input holds the password (--password-stdin), so it cannot hold the statements too.</source>
        <translation>标准输入已用于密码（--password-stdin），不能再用于语句。</translation>
    </message>
    <message>
        <source>No statement has a parameter named &quot;%1&quot;.</source>
        <translation>没有语句含有名为“%1”的参数。</translation>
    </message>
    <message>
        <source>In a statement it is written :%1</source>
        <translation>在语句中写作 :%1</translation>
    </message>
    <message>
        <source>There is no format &quot;%1&quot;.</source>
        <translation>没有格式“%1”。</translation>
    </message>
    <message>
        <source>Did you mean %1?</source>
        <translation>是否想用 %1？</translation>
    </message>
    <message>
        <source>Formats: %1</source>
        <translation>格式：%1</translation>
    </message>
    <message>
        <source>The extension of %1 names no format.</source>
        <translation>%1 的扩展名不对应任何格式。</translation>
    </message>
    <message>
        <source>Say which with --format: %1</source>
        <translation>请用 --format 指明：%1</translation>
    </message>
    <message>
        <source>FORMAT</source>
        <translation>格式</translation>
    </message>
    <message>
        <source> (default table)</source>
        <translation> （默认 table）</translation>
    </message>
    <message>
        <source>FILE</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>write there, in the format of its extension; put in place when whole</source>
        <translation>写入该文件，格式取自扩展名；写完后才替换</translation>
    </message>
    <message>
        <source>ZONE</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>print instants in this time zone</source>
        <translation>按此时区输出时间点</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>the table of INSERT statements (default result)</source>
        <translation>INSERT 语句的表名（默认 result）</translation>
    </message>
    <message>
        <source>print each exchange to standard error, secrets blanked</source>
        <translation>把每次交换输出到标准错误，机密已隐去</translation>
    </message>
    <message>
        <source>--table-name needs a name.</source>
        <translation>--table-name 需要一个名称。</translation>
    </message>
    <message>
        <source>-o needs the name of a file.</source>
        <translation>-o 需要一个文件名。</translation>
    </message>
    <message>
        <source>A workbook is nothing for a terminal.</source>
        <translation>工作簿不能输出到终端。</translation>
    </message>
    <message>
        <source>Give it a file: -o FILE.xlsx</source>
        <translation>请给出文件：-o FILE.xlsx</translation>
    </message>
    <message>
        <source>--password-env and --password-stdin exclude each other.</source>
        <translation>--password-env 与 --password-stdin 不能同时使用。</translation>
    </message>
    <message>
        <source>The environment variable %1 (--password-env) is not set.</source>
        <translation>环境变量 %1（--password-env）未设置。</translation>
    </message>
    <message>
        <source>a connection by name, such as those of the sandbox</source>
        <translation>按名称指定连接，例如沙盒的连接</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>a server by its URL: SCHEME://USER@HOST:PORT/DATABASE</source>
        <translation>按 URL 指定服务器：SCHEME://USER@HOST:PORT/DATABASE</translation>
    </message>
    <message>
        <source>the database, whatever the connection says</source>
        <translation>指定数据库，不管连接如何设置</translation>
    </message>
    <message>
        <source>VAR</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>take the password from an environment variable</source>
        <translation>从环境变量读取密码</translation>
    </message>
    <message>
        <source>take the password from the first line of standard input</source>
        <translation>从标准输入的第一行读取密码</translation>
    </message>
    <message>
        <source>-c and --url exclude each other.</source>
        <translation>-c 与 --url 不能同时使用。</translation>
    </message>
    <message>
        <source>No connection is given (-c NAME or --url URL).</source>
        <translation>没有给出连接（-c NAME 或 --url URL）。</translation>
    </message>
    <message>
        <source>Connections that are always there: %1</source>
        <translation>始终存在的连接：%1</translation>
    </message>
    <message>
        <source>The server has not said in time whether it stopped the statement, which may go on there.</source>
        <translation>服务器未及时告知是否已停止该语句，它可能仍在服务器上运行。</translation>
    </message>
    <message>
        <source>The server could not be asked to stop the statement, which may go on there:</source>
        <translation>无法请求服务器停止该语句，它可能仍在服务器上运行：</translation>
    </message>
    <message>
        <source>stop after N rows (0 and default: none)</source>
        <translation>读取 N 行后停止（0 及默认：不限）</translation>
    </message>
</context>
<context>
    <name>Connections</name>
    <message>
        <source>There is no connection named &quot;%1&quot;.</source>
        <translation>没有名为“%1”的连接。</translation>
    </message>
    <message>
        <source>Known connections: %1. A server can also be given by its URL (--url).</source>
        <translation>已知连接：%1。也可以用 URL 指定服务器（--url）。</translation>
    </message>
</context>
<context>
    <name>ConnectionsTr</name>
    <message>
        <source>The file %1, named by %2= of the connection, cannot be read.</source>
        <translation>连接中 %2= 所指的文件 %1 无法读取。</translation>
    </message>
    <message>
        <source>Check its name; it is looked up from the folder where the program was started.</source>
        <translation>请检查文件名；相对路径从程序启动时的目录算起。</translation>
    </message>
</context>
<context>
    <name>CopyTr</name>
    <message>
        <source>The selection is too large for the clipboard: more than %1 million characters.</source>
        <translation>选区过大，无法放入剪贴板：超过 %1 百万个字符。</translation>
    </message>
    <message>
        <source>Select less, or export the result to a file.</source>
        <translation>请少选一些，或把结果导出到文件。</translation>
    </message>
    <message>
        <source>Copying was stopped.</source>
        <translation>复制已停止。</translation>
    </message>
</context>
<context>
    <name>CurlCommandTr</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>a secret in the URL, percent-encoded</source>
        <translation>URL 中的机密，百分号编码</translation>
    </message>
    <message>
        <source>the value of the header %1</source>
        <translation>标头 %1 的值</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>The desktop takes one argument, the folder of a workspace. &quot;ondograph --help&quot; lists the commands.</source>
        <translation>桌面只接受一个参数，即工作区文件夹。“ondograph --help”列出命令。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is neither a command nor a folder. &quot;ondograph --help&quot; lists the commands.</source>
        <translation>“%1”既不是命令也不是文件夹。“ondograph --help”列出命令。</translation>
    </message>
</context>
<context>
    <name>DisplayTr</name>
    <message>
        <source>There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY leads to one).</source>
        <translation>没有可以打开窗口的显示（DISPLAY 和 WAYLAND_DISPLAY 都不可用）。</translation>
    </message>
    <message>
        <source>The display %1 cannot be reached, so no window can be opened.</source>
        <translation>无法连接显示 %1，因此不能打开窗口。</translation>
    </message>
    <message>
        <source>Everything also runs without a window. Three commands to try:</source>
        <translation>所有功能也可以不用窗口运行。可以试试这三条命令：</translation>
    </message>
</context>
<context>
    <name>DocumentFile</name>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>%1 is too large to edit.</source>
        <translation>%1 太大，无法编辑。</translation>
    </message>
    <message>
        <source>Files of up to 64 MB are opened.</source>
        <translation>最大可打开 64 MB 的文件。</translation>
    </message>
    <message>
        <source>%1 is not a text in UTF-8.</source>
        <translation>%1 不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>Convert it to UTF-8 first; nothing was changed.</source>
        <translation>请先将其转换为 UTF-8；文件未作任何改动。</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>The text is kept in this tab. Save it under another name.</source>
        <translation>文本仍保留在此标签页中。请另存为其他名称。</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>The server says: [%1] %2</source>
        <translation>服务器说：[%1] %2</translation>
    </message>
    <message>
        <source>The server&apos;s code: %1</source>
        <translation>服务器代码：%1</translation>
    </message>
    <message>
        <source>The server says: %1</source>
        <translation>服务器说：%1</translation>
    </message>
    <message>
        <source>HTTP status %1</source>
        <translation>HTTP 状态 %1</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>column %1</source>
        <translation>第 %1 列</translation>
    </message>
    <message>
        <source>byte %1</source>
        <translation>第 %1 字节</translation>
    </message>
    <message>
        <source>row %1</source>
        <translation>第 %1 行（结果）</translation>
    </message>
    <message>
        <source>At %1</source>
        <translation>位置：%1</translation>
    </message>
    <message>
        <source>The statement may have run: the connection was lost before the answer came.</source>
        <translation>语句可能已经运行：连接在收到应答之前断开。</translation>
    </message>
</context>
<context>
    <name>ErrorsTr</name>
    <message>
        <source>The server refuses the log-in.</source>
        <translation>服务器拒绝登录。</translation>
    </message>
    <message>
        <source>The statement failed.</source>
        <translation>语句失败。</translation>
    </message>
    <message>
        <source>The server reports an error.</source>
        <translation>服务器报告错误。</translation>
    </message>
    <message>
        <source>The server is busy; try again later.</source>
        <translation>服务器忙，请稍后再试。</translation>
    </message>
    <message>
        <source>The log-in is refused.</source>
        <translation>登录被拒绝。</translation>
    </message>
    <message>
        <source>The database server was not reached: something before it answered.</source>
        <translation>没有到达数据库服务器：由它前面的某个程序应答。</translation>
    </message>
    <message>
        <source>The server refuses the request.</source>
        <translation>服务器拒绝请求。</translation>
    </message>
    <message>
        <source>The answer is not in TDengine&apos;s form.</source>
        <translation>应答不符合 TDengine 的格式。</translation>
    </message>
    <message>
        <source>The answer is a redirect to %1.</source>
        <translation>应答重定向到 %1。</translation>
    </message>
    <message>
        <source>A proxy on the way wants a log-in: see &quot;proxy&quot; of the connection.</source>
        <translation>途中的代理要求登录：参见连接的“proxy”。</translation>
    </message>
    <message>
        <source>The server refuses this address or this statement: ask who administers it.</source>
        <translation>服务器拒绝此地址或此语句：请询问管理员。</translation>
    </message>
    <message>
        <source>Check user, password and kind of log-in of the connection.</source>
        <translation>请检查连接的用户、密码和登录方式。</translation>
    </message>
    <message>
        <source>Choose a database (in the URL: …/DATABASE) or write DATABASE.TABLE; a database that does not exist is reported like this too.</source>
        <translation>请选择数据库（URL 中：…/DATABASE）或写作 DATABASE.TABLE；数据库不存在时也是这个错误。</translation>
    </message>
    <message>
        <source>SHOW DATABASES lists those that there are.</source>
        <translation>SHOW DATABASES 列出现有的数据库。</translation>
    </message>
    <message>
        <source>Check the database, and write names with capital letters in backticks: without them they are read in lower case.</source>
        <translation>请检查数据库；含大写字母的名称要用反引号，否则按小写读取。</translation>
    </message>
    <message>
        <source>Check the time zone of the connection (tz): a name such as Asia/Shanghai is expected.</source>
        <translation>请检查连接的时区（tz）：应为 Asia/Shanghai 之类的名称。</translation>
    </message>
    <message>
        <source>There is no TDengine REST interface at this address: check host and port (6041 is usual).</source>
        <translation>此地址没有 TDengine REST 接口：请检查主机和端口（通常为 6041）。</translation>
    </message>
    <message>
        <source>The answer points to another address: use that one in the connection if it is right.</source>
        <translation>应答指向另一个地址：如果正确，请在连接中使用它。</translation>
    </message>
    <message>
        <source>This is a web page, of a proxy or another server: check host, port and proxy of the connection.</source>
        <translation>这是代理或其他服务器的网页：请检查连接的主机、端口和代理。</translation>
    </message>
    <message>
        <source>Check that TDengine&apos;s REST interface answers at this host and port.</source>
        <translation>请检查 TDengine 的 REST 接口是否在此主机和端口应答。</translation>
    </message>
</context>
<context>
    <name>ExchangeTr</name>
    <message>
        <source>, kept connection</source>
        <translation>，沿用的连接</translation>
    </message>
    <message>
        <source>name</source>
        <translation>域名</translation>
    </message>
    <message>
        <source>connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>first byte</source>
        <translation>首字节</translation>
    </message>
    <message>
        <source>end</source>
        <translation>结束</translation>
    </message>
    <message>
        <source># %1 bytes in all, shown from the start</source>
        <translation># 共 %1 字节，从头显示</translation>
    </message>
    <message>
        <source># %1 bytes compressed</source>
        <translation># 压缩后 %1 字节</translation>
    </message>
    <message>
        <source># ms:%1</source>
        <translation># 毫秒：%1</translation>
    </message>
</context>
<context>
    <name>FailureTr</name>
    <message>
        <source>The host name &quot;%1&quot; (for port %2) is not known.</source>
        <translation>主机名“%1”（端口 %2）未知。</translation>
    </message>
    <message>
        <source>Check its spelling, and that this computer is on the network or VPN where the name exists.</source>
        <translation>请检查拼写，并确认本机处于有该名称的网络或 VPN 中。</translation>
    </message>
    <message>
        <source>The proxy %1 does not lead to %2: %3</source>
        <translation>代理 %1 不能通向 %2：%3</translation>
    </message>
    <message>
        <source>The proxy wants a user name and password: proxy=http://USER:PASSWORD@HOST:PORT</source>
        <translation>代理需要用户名和密码：proxy=http://USER:PASSWORD@HOST:PORT</translation>
    </message>
    <message>
        <source>Check the connection&apos;s proxy setting; without one the server is reached directly.</source>
        <translation>请检查连接的代理设置；不设代理则直接访问服务器。</translation>
    </message>
    <message>
        <source>No connection to %1 through the proxy %2: %3</source>
        <translation>通过代理 %2 无法连接 %1：%3</translation>
    </message>
    <message>
        <source>%1 refuses the connection: nothing listens at port %2.</source>
        <translation>%1 拒绝连接：端口 %2 没有程序监听。</translation>
    </message>
    <message>
        <source>Check that the database&apos;s REST service (often a program of its own) is running there, and the port.</source>
        <translation>请检查数据库的 REST 服务（常为独立程序）是否在那里运行，以及端口是否正确。</translation>
    </message>
    <message>
        <source>No connection to %1: %2</source>
        <translation>无法连接 %1：%2</translation>
    </message>
    <message>
        <source>Check the host, the port, and firewalls on the way.</source>
        <translation>请检查主机、端口以及途中的防火墙。</translation>
    </message>
    <message>
        <source>The connection to %1 was lost after %2 bytes of the answer: %3</source>
        <translation>与 %1 的连接在收到应答的 %2 字节后断开：%3</translation>
    </message>
    <message>
        <source>What came before is shown. Try again; if it breaks at the same place, look at the server&apos;s log.</source>
        <translation>之前收到的内容已显示。请重试；如果总在同一处断开，请查看服务器日志。</translation>
    </message>
    <message>
        <source>%1 closed the connection without an answer: %2</source>
        <translation>%1 没有应答就关闭了连接：%2</translation>
    </message>
    <message>
        <source>The connection to %1 was lost: %2</source>
        <translation>与 %1 的连接断开：%2</translation>
    </message>
    <message>
        <source>Look at the server&apos;s log; a service that speaks another protocol than %1 also ends like this.</source>
        <translation>请查看服务器日志；使用 %1 以外协议的服务也会这样结束。</translation>
    </message>
    <message>
        <source>What %1 answered is not HTTP: %2</source>
        <translation>%1 的应答不是 HTTP：%2</translation>
    </message>
    <message>
        <source>Check the port; if it speaks HTTPS, use https instead of http.</source>
        <translation>请检查端口；如果它使用 HTTPS，请用 https 代替 http。</translation>
    </message>
    <message>
        <source>Check that this is the port of the database&apos;s REST service.</source>
        <translation>请确认这是数据库 REST 服务的端口。</translation>
    </message>
    <message>
        <source>The request to %1 failed: %2</source>
        <translation>对 %1 的请求失败：%2</translation>
    </message>
    <message>
        <source>No connection to %1 within %2 s.</source>
        <translation>%2 秒内无法连接 %1。</translation>
    </message>
    <message>
        <source>No secure connection to %1: %2</source>
        <translation>无法与 %1 建立安全连接：%2</translation>
    </message>
    <message>
        <source>The URL is not valid: %1</source>
        <translation>URL 无效：%1</translation>
    </message>
    <message>
        <source>%1 sent nothing for %2 s, after %3 bytes of the answer.</source>
        <translation>%1 在发送应答的 %3 字节后，%2 秒没有发送任何内容。</translation>
    </message>
    <message>
        <source>%1 has not answered for %2 s.</source>
        <translation>%1 已有 %2 秒没有应答。</translation>
    </message>
    <message>
        <source>A statement that computes for long needs a longer idle time-out (0: none).</source>
        <translation>计算时间长的语句需要更长的空闲超时（0：不限）。</translation>
    </message>
    <message>
        <source>The request to %1 was cancelled.</source>
        <translation>对 %1 的请求已取消。</translation>
    </message>
    <message>
        <source>If the server&apos;s certificate is signed by an authority of your own, name its file: ca=FILE. Check that the host is written as in the certificate.</source>
        <translation>如果服务器证书由自己的机构签发，请指定其文件：ca=FILE。请检查主机名与证书一致。</translation>
    </message>
    <message>
        <source>Check that the file named by ca= exists and holds certificates in PEM form.</source>
        <translation>请检查 ca= 指定的文件存在且含有 PEM 格式的证书。</translation>
    </message>
    <message>
        <source>Check the files named by cert= and key=: PEM form, belonging together, no passphrase.</source>
        <translation>请检查 cert= 和 key= 指定的文件：PEM 格式、相互匹配、没有密码。</translation>
    </message>
    <message>
        <source>The port seems to speak plain HTTP: use http instead of https.</source>
        <translation>该端口似乎使用普通 HTTP：请用 http 代替 https。</translation>
    </message>
    <message>
        <source>Check that the port speaks HTTPS, and that the server supports TLS 1.2 or later.</source>
        <translation>请检查端口使用 HTTPS，且服务器支持 TLS 1.2 或更高版本。</translation>
    </message>
</context>
<context>
    <name>HttpClient</name>
    <message>
        <source>The answer is longer than %1 bytes.</source>
        <translation>应答超过 %1 字节。</translation>
    </message>
</context>
<context>
    <name>HttpTransfer</name>
    <message>
        <source>The system has no resources left for another request.</source>
        <translation>系统没有资源再发送一个请求。</translation>
    </message>
    <message>
        <source>%1 sent its answer in the content coding &quot;%2&quot;, which was not asked for.</source>
        <translation>%1 以内容编码“%2”发送应答，而这并未请求。</translation>
    </message>
    <message>
        <source>The headers of the answer from %1 are too long to be meant: over 100 KB in a line or %2 KB in all.</source>
        <translation>%1 应答的标头过长，不可能是有意的：一行超过 100 KB 或总共超过 %2 KB。</translation>
    </message>
    <message>
        <source>The compressed answer from %1 is damaged after %2 bytes.</source>
        <translation>%1 的压缩应答在 %2 字节后损坏。</translation>
    </message>
    <message>
        <source>The compressed answer from %1 ends early, after %2 bytes.</source>
        <translation>%1 的压缩应答在 %2 字节后提前结束。</translation>
    </message>
</context>
<context>
    <name>InputTr</name>
    <message>
        <source>Interrupted while reading standard input.</source>
        <translation>读取标准输入时被中断。</translation>
    </message>
    <message>
        <source>Standard input cannot be read: %1.</source>
        <translation>无法读取标准输入：%1。</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>无法读取 %1：%2。</translation>
    </message>
    <message>
        <source>No password came from standard input (--password-stdin).</source>
        <translation>标准输入没有给出密码（--password-stdin）。</translation>
    </message>
</context>
<context>
    <name>LiteralTr</name>
    <message>
        <source>Give each :name of the statement exactly one value (--param NAME=VALUE).</source>
        <translation>请给语句的每个 :name 恰好一个值（--param NAME=VALUE）。</translation>
    </message>
    <message>
        <source>The parameter :%1 has no value.</source>
        <translation>参数 :%1 没有值。</translation>
    </message>
    <message>
        <source>The parameter :%1 is empty.</source>
        <translation>参数 :%1 为空。</translation>
    </message>
    <message>
        <source>The statement has no parameter :%1.</source>
        <translation>语句没有参数 :%1。</translation>
    </message>
</context>
<context>
    <name>LoginTr</name>
    <message>
        <source>Cancelled while logging in.</source>
        <translation>登录时已取消。</translation>
    </message>
    <message>
        <source>log-in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>The server&apos;s answer to the log-in holds no token.</source>
        <translation>服务器的登录应答没有令牌。</translation>
    </message>
    <message>
        <source>Use auth=basic in the connection.</source>
        <translation>请在连接中使用 auth=basic。</translation>
    </message>
</context>
<context>
    <name>Manifest</name>
    <message>
        <source>connector.json: %1: %2.</source>
        <translation>connector.json：%1：%2。</translation>
    </message>
    <message>
        <source>Correct the manifest and build the connector again.</source>
        <translation>请修正清单并重新构建连接器。</translation>
    </message>
</context>
<context>
    <name>NodesTr</name>
    <message>
        <source>Tables</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Child tables</source>
        <translation>子表</translation>
    </message>
    <message>
        <source>There is nothing at &quot;%1&quot; in the catalogue.</source>
        <translation>目录中没有“%1”。</translation>
    </message>
    <message>
        <source>A path reads DATABASE, DATABASE/TABLE or DATABASE/SUPERTABLE/CHILDTABLE; names are case-sensitive.</source>
        <translation>路径写作 DATABASE、DATABASE/TABLE 或 DATABASE/SUPERTABLE/CHILDTABLE；名称区分大小写。</translation>
    </message>
</context>
<context>
    <name>OptionsTr</name>
    <message>
        <source>%1 has no option %2.</source>
        <translation>%1 没有选项 %2。</translation>
    </message>
    <message>
        <source>Did you mean %1?</source>
        <translation>是否想用 %1？</translation>
    </message>
    <message>
        <source>See: ondograph %1 --help</source>
        <translation>参见：ondograph %1 --help</translation>
    </message>
    <message>
        <source>%1 is given twice.</source>
        <translation>%1 给出了两次。</translation>
    </message>
    <message>
        <source>%1 takes no value.</source>
        <translation>%1 不带值。</translation>
    </message>
    <message>
        <source>%1 needs a value: %2.</source>
        <translation>%1 需要一个值：%2。</translation>
    </message>
    <message>
        <source>There is one word too many: %1</source>
        <translation>多了一个词：%1</translation>
    </message>
    <message>
        <source>An argument with blanks stands in quotes. See: ondograph %1 --help</source>
        <translation>含空格的参数要加引号。参见：ondograph %1 --help</translation>
    </message>
    <message>
        <source>%1 needs a whole number from %2 on, not &quot;%3&quot;.</source>
        <translation>%1 需要不小于 %2 的整数，而不是“%3”。</translation>
    </message>
    <message>
        <source>Usage:</source>
        <translation>用法：</translation>
    </message>
    <message>
        <source>Options:</source>
        <translation>选项：</translation>
    </message>
</context>
<context>
    <name>OutputTr</name>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>无法写入 %1：%2。</translation>
    </message>
    <message>
        <source>Standard output</source>
        <translation>标准输出</translation>
    </message>
    <message>
        <source>Free some room, or choose another file with -o.</source>
        <translation>请腾出空间，或用 -o 选择其他文件。</translation>
    </message>
    <message>
        <source>Interrupted while writing.</source>
        <translation>写出时被中断。</translation>
    </message>
    <message>
        <source>Choose another file with -o.</source>
        <translation>请用 -o 选择其他文件。</translation>
    </message>
</context>
<context>
    <name>Reader</name>
    <message>
        <source>The answer&apos;s JSON is nested deeper than %1 levels.</source>
        <translation>应答的 JSON 嵌套超过 %1 层。</translation>
    </message>
    <message>
        <source>nothing more</source>
        <translation>到此为止</translation>
    </message>
    <message>
        <source>a colon</source>
        <translation>冒号</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>an escape of JSON</source>
        <translation>JSON 转义</translation>
    </message>
    <message>
        <source>the end of a text</source>
        <translation>文本的结尾</translation>
    </message>
    <message>
        <source>an escape in place of a control character</source>
        <translation>用转义代替控制字符</translation>
    </message>
    <message>
        <source>The answer is not valid JSON: expected %1, found %2.</source>
        <translation>应答不是有效的 JSON：应为 %1，却是 %2。</translation>
    </message>
    <message>
        <source>a value or ]</source>
        <translation>值或 ]</translation>
    </message>
    <message>
        <source>a key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>a key or }</source>
        <translation>键或 }</translation>
    </message>
    <message>
        <source>a value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>a comma or ]</source>
        <translation>逗号或 ]</translation>
    </message>
    <message>
        <source>a comma or }</source>
        <translation>逗号或 }</translation>
    </message>
    <message>
        <source>an empty answer</source>
        <translation>空的应答</translation>
    </message>
    <message>
        <source>the end of the answer</source>
        <translation>应答的结尾</translation>
    </message>
    <message>
        <source>the byte 0x%1</source>
        <translation>字节 0x%1</translation>
    </message>
</context>
<context>
    <name>Registry</name>
    <message>
        <source>The file cannot be read; check its permissions.</source>
        <translation>无法读取文件；请检查其权限。</translation>
    </message>
    <message>
        <source>The file is empty; install the connector again.</source>
        <translation>文件为空；请重新安装连接器。</translation>
    </message>
    <message>
        <source>This is not a plugin that can be used here: %1 Install the connector again.</source>
        <translation>这不是此处可用的插件：%1 请重新安装连接器。</translation>
    </message>
    <message>
        <source>It was built for version %1 of the connector interface, this program has version %2; use a connector that was built for this program.</source>
        <translation>它为连接器接口版本 %1 构建，本程序为版本 %2；请使用为本程序构建的连接器。</translation>
    </message>
    <message>
        <source>It is a plugin of another kind (%1).</source>
        <translation>它是另一种插件（%1）。</translation>
    </message>
    <message>
        <source>%1 has the same id and was found first.</source>
        <translation>%1 具有相同的标识且先被找到。</translation>
    </message>
    <message>
        <source>It cannot be loaded: %1</source>
        <translation>无法加载：%1</translation>
    </message>
    <message>
        <source>The file has gone since the program started; install the connector again and restart.</source>
        <translation>文件在程序启动后消失；请重新安装连接器并重启。</translation>
    </message>
    <message>
        <source>Its root object is not a connector.</source>
        <translation>其根对象不是连接器。</translation>
    </message>
    <message>
        <source>There is no connector &quot;%1&quot;.</source>
        <translation>没有连接器“%1”。</translation>
    </message>
    <message>
        <source>The command &quot;connectors&quot; lists those that there are.</source>
        <translation>命令“connectors”列出现有的连接器。</translation>
    </message>
    <message>
        <source>The connector &quot;%1&quot; cannot be used: %2</source>
        <translation>连接器“%1”无法使用：%2</translation>
    </message>
    <message>
        <source>Its file is %1.</source>
        <translation>其文件为 %1。</translation>
    </message>
</context>
<context>
    <name>RequestTr</name>
    <message>
        <source>Line %1 of the request is not a header.</source>
        <translation>请求的第 %1 行不是标头。</translation>
    </message>
    <message>
        <source>A header reads &quot;Name: value&quot;; an empty line separates headers and body.</source>
        <translation>标头写作“名称: 值”；空行分隔标头与正文。</translation>
    </message>
    <message>
        <source>Nothing was sent.</source>
        <translation>没有发送任何内容。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a header name.</source>
        <translation>“%1”不是标头名。</translation>
    </message>
    <message>
        <source>The value of the header &quot;%1&quot; holds a line break.</source>
        <translation>标头“%1”的值含有换行。</translation>
    </message>
    <message>
        <source>Only http and https requests can be sent, not &quot;%1&quot;.</source>
        <translation>只能发送 http 和 https 请求，不能发送“%1”。</translation>
    </message>
    <message>
        <source>The URL names no host.</source>
        <translation>URL 没有主机。</translation>
    </message>
    <message>
        <source>The URL of a request must not hold a user or password; they go into the log-in.</source>
        <translation>请求的 URL 不得含有用户或密码；它们属于登录设置。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a request method.</source>
        <translation>“%1”不是请求方法。</translation>
    </message>
    <message>
        <source>A HEAD request cannot carry a body.</source>
        <translation>HEAD 请求不能带正文。</translation>
    </message>
</context>
<context>
    <name>RowDecoder</name>
    <message>
        <source>A row of the answer is neither an array nor an object.</source>
        <translation>应答的一行既不是数组也不是对象。</translation>
    </message>
    <message>
        <source>%1 rows of the answer are larger than %2 bytes; the rest was not read.</source>
        <translation>应答的 %1 行大于 %2 字节；其余未读取。</translation>
    </message>
    <message>
        <source>A row of the answer has more than %1 values.</source>
        <translation>应答的一行超过 %1 个值。</translation>
    </message>
    <message>
        <source>A row of the answer has the key &quot;%1&quot; where &quot;%2&quot; was expected.</source>
        <translation>应答的一行中出现键“%1”，而应为“%2”。</translation>
    </message>
    <message>
        <source>A row of the answer ends after %1 of %2 values.</source>
        <translation>应答的一行在 %2 个值中的 %1 个之后结束。</translation>
    </message>
</context>
<context>
    <name>SandboxTr</name>
    <message>
        <source>There is no port %1.</source>
        <translation>没有端口 %1。</translation>
    </message>
    <message>
        <source>[--port-base N]</source>
        <translation>[--port-base N]</translation>
    </message>
    <message>
        <source>Serves sample data on loopback in every dialect that has a sandbox, until interrupted.</source>
        <translation>在本机以每种带沙盒的方言提供示例数据，直到被中断。</translation>
    </message>
    <message>
        <source>Prints one line of JSON with the URL of each, once all of them listen.</source>
        <translation>全部开始监听后，输出一行含各自 URL 的 JSON。</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>ports N, N+1, … (default: free ones)</source>
        <translation>端口 N、N+1……（默认：空闲端口）</translation>
    </message>
</context>
<context>
    <name>StatementRun</name>
    <message>
        <source>The statement was stopped. What had come until then is shown.</source>
        <translation>语句已停止。此前收到的内容已显示。</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>cannot be told</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <source>cut: stopped</source>
        <translation>截断：已停止</translation>
    </message>
    <message>
        <source>cut: row limit</source>
        <translation>截断：行数上限</translation>
    </message>
    <message>
        <source>cut: server&apos;s limit</source>
        <translation>截断：服务器上限</translation>
    </message>
    <message>
        <source>cut: broken off</source>
        <translation>截断：中途断开</translation>
    </message>
    <message>
        <source>These are all rows of the result.</source>
        <translation>这是结果的全部行。</translation>
    </message>
    <message>
        <source>As many rows came as this server gives at most. There may be more.</source>
        <translation>收到的行数正好是服务器最多给出的数目。可能还有更多。</translation>
    </message>
    <message>
        <source>This server ends a result in the same way whether or not it was cut, so nobody can tell whether these are all rows. A LIMIT in the statement makes it certain.</source>
        <translation>无论结果是否被截断，这个服务器都以同样方式结束，因此无法判断这是否为全部行。在语句中写明 LIMIT 即可确定。</translation>
    </message>
    <message>
        <source>You stopped the statement. The rows that had come until then are shown.</source>
        <translation>语句由你停止。此前收到的行已显示。</translation>
    </message>
    <message>
        <source>The row limit of this tab was reached. The server has more rows.</source>
        <translation>已达到本标签页的行数上限。服务器还有更多行。</translation>
    </message>
    <message>
        <source>The server cut the result at a limit of its own.</source>
        <translation>服务器按自己的上限截断了结果。</translation>
    </message>
    <message>
        <source>The answer broke off. The rows that had come until then are shown; more are missing.</source>
        <translation>应答中途断开。此前收到的行已显示，其余缺失。</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
</context>
<context>
    <name>TDengine</name>
    <message>
        <source>request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>The connection has no token.</source>
        <translation>连接没有令牌。</translation>
    </message>
    <message>
        <source>With auth=bearer the token stands in the place of the password: tdengine://:TOKEN@HOST/…</source>
        <translation>使用 auth=bearer 时，令牌放在密码的位置：tdengine://:TOKEN@HOST/…</translation>
    </message>
    <message>
        <source>The server takes no log-in without both: tdengine://USER:PASSWORD@HOST:PORT/DATABASE</source>
        <translation>服务器要求两者都有才能登录：tdengine://USER:PASSWORD@HOST:PORT/DATABASE</translation>
    </message>
    <message>
        <source>The connection names no user.</source>
        <translation>连接没有指定用户。</translation>
    </message>
    <message>
        <source>The connection has no password.</source>
        <translation>连接没有密码。</translation>
    </message>
    <message>
        <source>A user name with a colon cannot be sent.</source>
        <translation>含冒号的用户名无法发送。</translation>
    </message>
    <message>
        <source>Use auth=token in the connection.</source>
        <translation>请在连接中使用 auth=token。</translation>
    </message>
    <message>
        <source>A request has no parameters.</source>
        <translation>请求没有参数。</translation>
    </message>
    <message>
        <source>Write the values into the request.</source>
        <translation>请把值直接写入请求。</translation>
    </message>
    <message>
        <source>The statement is empty.</source>
        <translation>语句为空。</translation>
    </message>
    <message>
        <source>statement</source>
        <translation>语句</translation>
    </message>
    <message>
        <source>The connection names no host.</source>
        <translation>连接没有指定主机。</translation>
    </message>
    <message>
        <source>Example: tdengine://USER:PASSWORD@HOST:6041/</source>
        <translation>例如：tdengine://USER:PASSWORD@HOST:6041/</translation>
    </message>
</context>
<context>
    <name>TDengineAnswer</name>
    <message>
        <source>Connection lost after %1 rows: %2</source>
        <translation>%1 行后连接断开：%2</translation>
    </message>
    <message>
        <source>The answer is JSON, but not an object with code or status.</source>
        <translation>应答是 JSON，但不是带有 code 或 status 的对象。</translation>
    </message>
    <message>
        <source>The answer is an object with neither code nor status.</source>
        <translation>应答是对象，但既无 code 也无 status。</translation>
    </message>
    <message>
        <source>The code of the answer is not an integer.</source>
        <translation>应答的 code 不是整数。</translation>
    </message>
    <message>
        <source>The status of the answer is not a text.</source>
        <translation>应答的 status 不是文本。</translation>
    </message>
    <message>
        <source>column_meta has an entry that is not an array.</source>
        <translation>column_meta 有一项不是数组。</translation>
    </message>
    <message>
        <source>A column&apos;s name in column_meta is not a text.</source>
        <translation>column_meta 中的列名不是文本。</translation>
    </message>
    <message>
        <source>A column&apos;s type in column_meta is neither a text nor an integer.</source>
        <translation>column_meta 中的列类型既不是文本也不是整数。</translation>
    </message>
    <message>
        <source>The data of the answer is not an array.</source>
        <translation>应答的 data 不是数组。</translation>
    </message>
    <message>
        <source>The answer holds data twice.</source>
        <translation>应答含有两个 data。</translation>
    </message>
    <message>
        <source>The answer holds data, but neither column_meta nor head.</source>
        <translation>应答含有 data，但既无 column_meta 也无 head。</translation>
    </message>
    <message>
        <source>The answer holds %1 rows, and says that they are %2.</source>
        <translation>应答中有 %1 行，却声明为 %2 行。</translation>
    </message>
    <message>
        <source>The answer holds columns, but no data.</source>
        <translation>应答中有列，但没有数据。</translation>
    </message>
</context>
<context>
    <name>TDengineCatalog</name>
    <message>
        <source>catalogue</source>
        <translation>目录</translation>
    </message>
</context>
<context>
    <name>TDengineStop</name>
    <message>
        <source>stop on the server</source>
        <translation>在服务器上停止</translation>
    </message>
    <message>
        <source>The server no longer lists the statement: it has ended.</source>
        <translation>服务器已不再列出该语句：它已结束。</translation>
    </message>
    <message>
        <source>%1 equal statements are running on the server; none was stopped.</source>
        <translation>服务器上有 %1 条相同的语句在运行；都没有停止。</translation>
    </message>
    <message>
        <source>Stopped on the server (%1).</source>
        <translation>已在服务器上停止（%1）。</translation>
    </message>
    <message>
        <source>The server did not stop the statement: %1</source>
        <translation>服务器没有停止语句：%1</translation>
    </message>
    <message>
        <source>The statement ended before the server could stop it.</source>
        <translation>服务器停止该语句之前，它已结束。</translation>
    </message>
</context>
<context>
    <name>UrlTr</name>
    <message>
        <source>A URL of %1 has no key &quot;%2&quot;.</source>
        <translation>%1 的 URL 没有键“%2”。</translation>
    </message>
    <message>
        <source>Known keys: %1.</source>
        <translation>已知的键：%1。</translation>
    </message>
    <message>
        <source>a blank</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>The %1 of the URL holds a character with a meaning of its own: %2</source>
        <translation>URL 的%1含有有特殊含义的字符：%2</translation>
    </message>
    <message>
        <source>Write it as %1.</source>
        <translation>请写作 %1。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a value of &quot;%2&quot;.</source>
        <translation>“%1”不是“%2”的有效值。</translation>
    </message>
    <message>
        <source>Known values: %1.</source>
        <translation>已知值：%1。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; takes a whole number.</source>
        <translation>“%1”需要整数。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is true or false.</source>
        <translation>“%1”只能是 true 或 false。</translation>
    </message>
    <message>
        <source>No connector takes URLs that start with &quot;%1&quot;.</source>
        <translation>没有连接器接受以“%1”开头的 URL。</translation>
    </message>
    <message>
        <source>No connector was found; the command &quot;connectors&quot; lists what there is.</source>
        <translation>没有找到连接器；命令“connectors”列出现有的连接器。</translation>
    </message>
    <message>
        <source>Known: %1.</source>
        <translation>已知：%1。</translation>
    </message>
    <message>
        <source>The key &quot;%1&quot; is in the URL twice.</source>
        <translation>键“%1”在 URL 中出现两次。</translation>
    </message>
    <message>
        <source>This URL of %1 takes no %2.</source>
        <translation>%1 的 URL 不接受 %2。</translation>
    </message>
    <message>
        <source>user</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>The URL names no host.</source>
        <translation>URL 没有主机。</translation>
    </message>
    <message>
        <source>It reads %1://USER:PASSWORD@HOST:PORT/…</source>
        <translation>它写作 %1://USER:PASSWORD@HOST:PORT/…</translation>
    </message>
    <message>
        <source>This URL of %1 takes no path.</source>
        <translation>%1 的 URL 不带路径。</translation>
    </message>
    <message>
        <source>user name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>The port of the URL is not a number from 1 to 65535.</source>
        <translation>URL 的端口不是 1 到 65535 的数字。</translation>
    </message>
    <message>
        <source>A URL reads scheme://user:password@host:port/path.</source>
        <translation>URL 写作 scheme://user:password@host:port/path。</translation>
    </message>
    <message>
        <source>What stands in brackets in the URL is not an IPv6 address.</source>
        <translation>URL 中方括号内不是 IPv6 地址。</translation>
    </message>
    <message>
        <source>Example: [::1]:6041</source>
        <translation>例如：[::1]:6041</translation>
    </message>
    <message>
        <source>The host of the URL holds more than one colon.</source>
        <translation>URL 的主机含有多个冒号。</translation>
    </message>
    <message>
        <source>Put an IPv6 address in brackets: [::1]:6041</source>
        <translation>请把 IPv6 地址放在方括号中：[::1]:6041</translation>
    </message>
    <message>
        <source>The host of the URL holds a character that no host name has.</source>
        <translation>URL 的主机含有主机名不允许的字符。</translation>
    </message>
    <message>
        <source>query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>The URL does not start with a scheme.</source>
        <translation>URL 没有以协议名开头。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a percent-encoded byte.</source>
        <translation>“%1”不是百分号编码的字节。</translation>
    </message>
    <message>
        <source>A percent sign itself is written as %25.</source>
        <translation>百分号本身写作 %25。</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>The URL holds a control character, such as a line break.</source>
        <translation>URL 含有控制字符，例如换行。</translation>
    </message>
    <message>
        <source>user part</source>
        <translation>用户部分</translation>
    </message>
    <message>
        <source>Write it as %2F there; an @ behind the host is written %40.</source>
        <translation>请在该处写作 %2F；主机之后的 @ 写作 %40。</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>A single value of the answer is longer than %1 bytes; the rest was not read.</source>
        <translation>应答中的单个值超过 %1 字节；其余未读取。</translation>
    </message>
</context>
<context>
    <name>Writer</name>
    <message>
        <source>Column &quot;%1&quot; holds bytes that are not UTF-8; they are written as U+FFFD.</source>
        <translation>列“%1”含有非 UTF-8 的字节；写作 U+FFFD。</translation>
    </message>
</context>
<context>
    <name>XlsxWriter</name>
    <message>
        <source>The workbook could not be begun in the folder for temporary files (%1).</source>
        <translation>无法在临时文件夹（%1）中开始写工作簿。</translation>
    </message>
    <message>
        <source>Make room there, or set TMPDIR to another folder.</source>
        <translation>请在那里腾出空间，或把 TMPDIR 设为其他文件夹。</translation>
    </message>
    <message>
        <source>A sheet holds %1 columns; the result has %2.</source>
        <translation>一张工作表容纳 %1 列；结果有 %2 列。</translation>
    </message>
    <message>
        <source>Choose another format, such as csv.</source>
        <translation>请选择其他格式，例如 csv。</translation>
    </message>
    <message>
        <source>A sheet holds %L1 rows; the result has more.</source>
        <translation>一张工作表容纳 %L1 行；结果更多。</translation>
    </message>
    <message>
        <source>Choose another format, such as csv, or set a limit with --max-rows.</source>
        <translation>请选择其他格式，例如 csv，或用 --max-rows 设置上限。</translation>
    </message>
    <message>
        <source>A cell of a sheet holds %L1 characters; row %L2 of column &quot;%3&quot; has more.</source>
        <translation>工作表的一个单元格容纳 %L1 个字符；列“%3”的第 %L2 行更多。</translation>
    </message>
    <message>
        <source>The workbook could not be written: %1.</source>
        <translation>无法写入工作簿：%1。</translation>
    </message>
    <message>
        <source>Make room in the folder for temporary files (%1), or set TMPDIR to another.</source>
        <translation>请在临时文件夹（%1）中腾出空间，或把 TMPDIR 设为其他文件夹。</translation>
    </message>
    <message>
        <source>Column &quot;%1&quot; holds bytes that are not UTF-8; they are written as U+FFFD.</source>
        <translation>列“%1”含有非 UTF-8 的字节；写作 U+FFFD。</translation>
    </message>
</context>
<context>
    <name>Zone</name>
    <message>
        <source>There is no time zone named &quot;%1&quot;.</source>
        <translation>没有名为“%1”的时区。</translation>
    </message>
    <message>
        <source>Give an IANA name such as UTC, Asia/Shanghai or Europe/Berlin.</source>
        <translation>请给出 IANA 名称，例如 UTC、Asia/Shanghai 或 Europe/Berlin。</translation>
    </message>
</context>
<context>
    <name>catalog::CatalogModel</name>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>%1 — double-click to try again</source>
        <translation>%1 — 双击重试</translation>
    </message>
</context>
<context>
    <name>catalog::CatalogView</name>
    <message>
        <source>Open table in a new tab</source>
        <translation>在新标签页中打开表</translation>
    </message>
    <message>
        <source>New SQL tab on this connection</source>
        <translation>在此连接上新建 SQL 标签页</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>复制名称</translation>
    </message>
    <message>
        <source>Copy as SELECT</source>
        <translation>复制为 SELECT</translation>
    </message>
    <message>
        <source>Load again from the server</source>
        <translation>从服务器重新加载</translation>
    </message>
    <message>
        <source>New connection by URL…</source>
        <translation>按 URL 新建连接…</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Filter what is loaded</source>
        <translation>筛选已加载的内容</translation>
    </message>
    <message>
        <source>URL of the server</source>
        <translation>服务器的 URL</translation>
    </message>
    <message>
        <source>Kept until the program ends; the password is not shown again.</source>
        <translation>保留到程序结束；密码不再显示。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>chart::ChartView</name>
    <message>
        <source>Run a statement: its time column is drawn here against its numbers.</source>
        <translation>运行一条语句：这里以时间列为横轴画出数值列。</translation>
    </message>
    <message>
        <source>No rows yet.</source>
        <translation>还没有行。</translation>
    </message>
    <message>
        <source>Reading the rows …</source>
        <translation>正在读取行……</translation>
    </message>
    <message>
        <source>No numeric column in this result. A chart needs at least one, best beside a time column.</source>
        <translation>结果中没有数值列。图表至少需要一个，最好还有时间列。</translation>
    </message>
    <message>
        <source>The result has no rows.</source>
        <translation>结果没有行。</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>%1 from %2 to %3</source>
        <translation>%1：%2 到 %3</translation>
    </message>
    <message>
        <source>%1: no values in view</source>
        <translation>%1：视野内没有值</translation>
    </message>
    <message>
        <source>%1: from %3 to %4, values in view: %2</source>
        <translation>%1：从 %3 到 %4，视野内的值：%2 个</translation>
    </message>
</context>
<context>
    <name>chart::ControlBar</name>
    <message>
        <source>The view before (Alt+Left)</source>
        <translation>上一个视野（Alt+Left）</translation>
    </message>
    <message>
        <source>The view after (Alt+Right)</source>
        <translation>下一个视野（Alt+Right）</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合</translation>
    </message>
    <message>
        <source>Everything there is (Home, or double click)</source>
        <translation>全部内容（Home，或双击）</translation>
    </message>
    <message>
        <source>row number</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>%1 (seconds since 1970)</source>
        <translation>%1（1970 年以来的秒数）</translation>
    </message>
    <message>
        <source>%1 (milliseconds since 1970)</source>
        <translation>%1（1970 年以来的毫秒数）</translation>
    </message>
    <message>
        <source>%1 (microseconds since 1970)</source>
        <translation>%1（1970 年以来的微秒数）</translation>
    </message>
    <message>
        <source>%1 (nanoseconds since 1970)</source>
        <translation>%1（1970 年以来的纳秒数）</translation>
    </message>
    <message>
        <source>X: %1</source>
        <translation>X：%1</translation>
    </message>
    <message>
        <source>Y: none</source>
        <translation>Y：无</translation>
    </message>
    <message>
        <source>Y: %1</source>
        <translation>Y：%1</translation>
    </message>
    <message>
        <source>Series by: –</source>
        <translation>系列按：–</translation>
    </message>
    <message>
        <source>Series by: %1</source>
        <translation>系列按：%1</translation>
    </message>
    <message>
        <source>Gaps &gt; %1 × step</source>
        <translation>间断 &gt; %1 × 步长</translation>
    </message>
    <message>
        <source>Gaps: joined</source>
        <translation>间断：相连</translation>
    </message>
    <message>
        <source>sorted by time</source>
        <translation>按时间排序</translation>
    </message>
    <message>
        <source>one line for all rows</source>
        <translation>所有行一条线</translation>
    </message>
    <message>
        <source>break lines at gaps over %1 times the usual step</source>
        <translation>间隔超过常规步长 %1 倍时断开</translation>
    </message>
    <message>
        <source>join over all gaps</source>
        <translation>所有间隔都相连</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 等另外 %2 个</translation>
    </message>
    <message>
        <source>rows without x: %1</source>
        <translation>没有 x 的行：%1</translation>
    </message>
    <message>
        <source>rows of further series, not drawn: %1</source>
        <translation>其余系列中未绘制的行：%1</translation>
    </message>
    <message>
        <source>no time column</source>
        <translation>没有时间列</translation>
    </message>
</context>
<context>
    <name>chart::Legend</name>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
    <message>
        <source>Click, or press Space, to switch a line on or off</source>
        <translation>单击或按空格键可显示或隐藏线条</translation>
    </message>
</context>
<context>
    <name>chart::Plot</name>
    <message>
        <source>%1 · local time, no zone</source>
        <translation>%1 · 本地时间，无时区</translation>
    </message>
    <message>
        <source>row number</source>
        <translation>行号</translation>
    </message>
</context>
<context>
    <name>chart::TimeTicks</name>
    <message>
        <source>outside of the years 1 to 9999: 10^-%1 s since 1970</source>
        <translation>超出公元 1 年至 9999 年：1970 年以来的 10^-%1 秒</translation>
    </message>
    <message>
        <source>%1 (UTC%2%3:%4)</source>
        <translation>%1（UTC%2%3:%4）</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>a day on a time axis, in the letters of QLocale::toString</comment>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>MMM</source>
        <comment>a month on a time axis, in the letters of QLocale::toString</comment>
        <translation>M月</translation>
    </message>
    <message>
        <source>d MMM yyyy, HH:mm:ss</source>
        <comment>in the letters of QLocale::toString</comment>
        <translation>yyyy年M月d日 HH:mm:ss</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>in the letters of QLocale::toString</comment>
        <translation>yyyy年M月d日</translation>
    </message>
</context>
<context>
    <name>common::CommandPalette</name>
    <message>
        <source>Type the name of a command</source>
        <translation>输入命令名称</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
</context>
<context>
    <name>common::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>connector/tdengine</name>
    <message>
        <source>Time-series database, by the REST interface of taosAdapter (3.x and 2.x)</source>
        <translation>时序数据库，通过 taosAdapter 的 REST 接口访问（3.x 和 2.x）</translation>
    </message>
    <message>
        <source>Name or address of taosAdapter</source>
        <translation>taosAdapter 的名称或地址</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>User and password with each request</source>
        <translation>每次请求都带用户和密码</translation>
    </message>
    <message>
        <source>Token that the server gives for user and password</source>
        <translation>服务器凭用户和密码发放的令牌</translation>
    </message>
    <message>
        <source>Token made with CREATE TOKEN</source>
        <translation>用 CREATE TOKEN 创建的令牌</translation>
    </message>
    <message>
        <source>How requests say who asks</source>
        <translation>请求如何表明身份</translation>
    </message>
    <message>
        <source>Log-in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Where names without a database are looked up; may stay empty</source>
        <translation>不带数据库的名称在此查找；可以留空</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Zone of times in statements and answers, such as Asia/Shanghai; empty: UTC in answers, the server&apos;s own in statements</source>
        <translation>语句和应答中时间的时区，例如 Asia/Shanghai；留空：应答为 UTC，语句按服务器自己的时区</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>TDengine</source>
        <translation>TDengine</translation>
    </message>
    <message>
        <source>Sensors</source>
        <translation>传感器</translation>
    </message>
    <message>
        <source>Stocks</source>
        <translation>股票</translation>
    </message>
    <message>
        <source>The body is the text of exactly one statement. Parameters of the URL, all optional: conn_tz = time zone of times in the statement and in the answer (since 3.3.5); tz = zone of the answer alone; req_id = a positive number that the server&apos;s logs show; app and ip = how SHOW CONNECTIONS lists the caller; row_with_meta = true for rows as objects (repeated names lose data); timing = true for the time that the server took, in ns. Success is &quot;code&quot;:0, whatever the HTTP status.</source>
        <translation>正文恰好是一条语句的文本。URL 参数均可省略：conn_tz = 语句和应答中时间的时区（3.3.5 起）；tz = 仅应答的时区；req_id = 服务器日志中显示的正数；app 和 ip = SHOW CONNECTIONS 如何列出调用者；row_with_meta = true 时行为对象（重名会丢失数据）；timing = true 返回服务器用时（纳秒）。成功的标志是 &quot;code&quot;:0，与 HTTP 状态无关。</translation>
    </message>
    <message>
        <source>Statements</source>
        <translation>语句</translation>
    </message>
    <message>
        <source>Run one statement</source>
        <translation>运行一条语句</translation>
    </message>
    <message>
        <source>As above, after an implicit USE {{database}} whose failure the server ignores: a misspelt name shows as &quot;database not specified&quot; or as a table that does not exist. The body may be any statement: this one writes.</source>
        <translation>同上，但先隐式执行 USE {{database}}，其失败被服务器忽略：名称拼错时表现为“database not specified”或表不存在。正文可以是任何语句：此例写入。</translation>
    </message>
    <message>
        <source>Run one statement in a database</source>
        <translation>在数据库中运行一条语句</translation>
    </message>
    <message>
        <source>2.x only, 404 in 3.x: times come as counts since 1970 in the precision of the database.</source>
        <translation>仅 2.x，3.x 返回 404：时间为 1970 年以来按数据库精度的计数。</translation>
    </message>
    <message>
        <source>Run one statement (2.x: times as numbers)</source>
        <translation>运行一条语句（2.x：时间为数字）</translation>
    </message>
    <message>
        <source>2.x only, 404 in 3.x: times come as RFC 3339 text with their zone.</source>
        <translation>仅 2.x，3.x 返回 404：时间为带时区的 RFC 3339 文本。</translation>
    </message>
    <message>
        <source>Run one statement (2.x: times with zone)</source>
        <translation>运行一条语句（2.x：时间带时区）</translation>
    </message>
    <message>
        <source>The body is a JSON list of table names of {{database}}; the answer&apos;s vgIDs tells in which virtual group each of them is.</source>
        <translation>正文是 {{database}} 中表名的 JSON 列表；应答的 vgIDs 说明每个表在哪个虚拟组。</translation>
    </message>
    <message>
        <source>Virtual groups of tables</source>
        <translation>表所在的虚拟组</translation>
    </message>
    <message>
        <source>The token stands in &quot;desc&quot; and is used as &quot;Authorization: Taosd &lt;token&gt;&quot;. It can be turned back into the password: treat it as one. Both parts are percent-encoded and have at most 24 bytes.</source>
        <translation>令牌在“desc”中，用作“Authorization: Taosd &lt;token&gt;”。它可以还原成密码，请当作密码对待。两部分都要百分号编码，最长 24 字节。</translation>
    </message>
    <message>
        <source>Get a token</source>
        <translation>获取令牌</translation>
    </message>
    <message>
        <source>A multipart form with one field &quot;data&quot;: CSV without a header line, columns in the order of the table, tags excluded, an empty cell without quotes is NULL. db and table name the target; batch (optional) is the number of rows in one insert.</source>
        <translation>带一个字段“data”的多部分表单：没有标题行的 CSV，列按表的顺序，不含标签，不带引号的空单元格为 NULL。db 和 table 指定目标；batch（可选）是一次插入的行数。</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>Import CSV</source>
        <translation>导入 CSV</translation>
    </message>
    <message>
        <source>One line a point. db = target database; precision = unit of the times: ns, us, ms, s, m, h; ttl (optional) = days that new tables live. u and p (user and password) can stand in the URL where no log-in is sent. Success is 204 without a body.</source>
        <translation>每行一个点。db = 目标数据库；precision = 时间单位：ns、us、ms、s、m、h；ttl（可选）= 新表保留的天数。不发送登录信息时，u 和 p（用户和密码）可以放在 URL 中。成功为 204，无正文。</translation>
    </message>
    <message>
        <source>InfluxDB line protocol</source>
        <translation>InfluxDB 行协议</translation>
    </message>
    <message>
        <source>A point or a list of points: metric, timestamp (seconds or milliseconds), value, tags. Success is 204 without a body.</source>
        <translation>一个点或点的列表：metric、timestamp（秒或毫秒）、value、tags。成功为 204，无正文。</translation>
    </message>
    <message>
        <source>OpenTSDB JSON</source>
        <translation>OpenTSDB JSON</translation>
    </message>
    <message>
        <source>One line a point: metric, time, value, tags. Success is 204 without a body.</source>
        <translation>每行一个点：metric、时间、值、标签。成功为 204，无正文。</translation>
    </message>
    <message>
        <source>OpenTSDB telnet lines</source>
        <translation>OpenTSDB telnet 行</translation>
    </message>
    <message>
        <source>The body is a protocol-buffers WriteRequest, packed with snappy: point Prometheus at this URL. An empty body, as here, is refused.</source>
        <translation>正文是用 snappy 压缩的 protocol-buffers WriteRequest：请让 Prometheus 指向此 URL。像这里的空正文会被拒绝。</translation>
    </message>
    <message>
        <source>Prometheus</source>
        <translation>Prometheus</translation>
    </message>
    <message>
        <source>Remote write</source>
        <translation>远程写入</translation>
    </message>
    <message>
        <source>The body is a protocol-buffers ReadRequest, packed with snappy: point Prometheus at this URL. An empty body, as here, is refused.</source>
        <translation>正文是用 snappy 压缩的 protocol-buffers ReadRequest：请让 Prometheus 指向此 URL。像这里的空正文会被拒绝。</translation>
    </message>
    <message>
        <source>Remote read</source>
        <translation>远程读取</translation>
    </message>
    <message>
        <source>200 or 503 without a body. action=query asks whether queries are taken, which memory pressure can stop.</source>
        <translation>200 或 503，无正文。action=query 询问是否接受查询，内存压力可能使其停止。</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Is it alive</source>
        <translation>是否存活</translation>
    </message>
    <message>
        <source>The adapter&apos;s own figures as Prometheus text.</source>
        <translation>适配器自身的指标，Prometheus 文本格式。</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Changes the running adapter. log.level is one of panic, fatal, error, warn, info, debug, trace. Two at once: 429.</source>
        <translation>更改运行中的适配器。log.level 为 panic、fatal、error、warn、info、debug、trace 之一。同时两次：429。</translation>
    </message>
    <message>
        <source>Set the log level</source>
        <translation>设置日志级别</translation>
    </message>
    <message>
        <source>Whether the adapter is recording the statements that it is sent, and since when.</source>
        <translation>适配器是否在记录收到的语句，以及从何时开始。</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Is SQL being recorded</source>
        <translation>是否在记录 SQL</translation>
    </message>
    <message>
        <source>The adapter writes statements to its log folder between start_time and end_time, both optional. Two at once: 429.</source>
        <translation>适配器把 start_time 与 end_time（均可省略）之间的语句写入其日志文件夹。同时两次：429。</translation>
    </message>
    <message>
        <source>Start recording SQL</source>
        <translation>开始记录 SQL</translation>
    </message>
    <message>
        <source>Ends a recording that is on.</source>
        <translation>结束正在进行的记录。</translation>
    </message>
    <message>
        <source>Stop recording SQL</source>
        <translation>停止记录 SQL</translation>
    </message>
    <message>
        <source>The same for prepared statements.</source>
        <translation>同样，针对预编译语句。</translation>
    </message>
    <message>
        <source>Are prepared statements being recorded</source>
        <translation>是否在记录预编译语句</translation>
    </message>
    <message>
        <source>The adapter writes prepared statements to its log folder between start_time and end_time, both optional. Two at once: 429.</source>
        <translation>适配器把 start_time 与 end_time（均可省略）之间的预编译语句写入其日志文件夹。同时两次：429。</translation>
    </message>
    <message>
        <source>Start recording prepared statements</source>
        <translation>开始记录预编译语句</translation>
    </message>
    <message>
        <source>Stop recording prepared statements</source>
        <translation>停止记录预编译语句</translation>
    </message>
    <message>
        <source>Where drivers connect; a plain request is answered with 400, which tells that it is there. Newer servers serve all protocols here.</source>
        <translation>驱动程序在此连接；普通请求得到 400，说明它存在。较新的服务器在此提供所有协议。</translation>
    </message>
    <message>
        <source>WebSocket</source>
        <translation>WebSocket</translation>
    </message>
    <message>
        <source>WebSocket (all protocols)</source>
        <translation>WebSocket（所有协议）</translation>
    </message>
    <message>
        <source>The protocol of statements; a plain request is answered with 400.</source>
        <translation>语句的协议；普通请求得到 400。</translation>
    </message>
    <message>
        <source>WebSocket: statements</source>
        <translation>WebSocket：语句</translation>
    </message>
    <message>
        <source>The protocol of prepared statements; a plain request is answered with 400.</source>
        <translation>预编译语句的协议；普通请求得到 400。</translation>
    </message>
    <message>
        <source>WebSocket: prepared statements</source>
        <translation>WebSocket：预编译语句</translation>
    </message>
    <message>
        <source>The protocol of line formats; a plain request is answered with 400.</source>
        <translation>行格式的协议；普通请求得到 400。</translation>
    </message>
    <message>
        <source>WebSocket: schemaless</source>
        <translation>WebSocket：无模式写入</translation>
    </message>
    <message>
        <source>The protocol of topics; a plain request is answered with 400.</source>
        <translation>主题的协议；普通请求得到 400。</translation>
    </message>
    <message>
        <source>WebSocket: subscriptions</source>
        <translation>WebSocket：订阅</translation>
    </message>
</context>
<context>
    <name>desktop::Commands</name>
    <message>
        <source>New SQL tab</source>
        <translation>新建 SQL 标签页</translation>
    </message>
    <message>
        <source>Close tab</source>
        <translation>关闭标签页</translation>
    </message>
    <message>
        <source>Next tab</source>
        <translation>下一个标签页</translation>
    </message>
    <message>
        <source>Previous tab</source>
        <translation>上一个标签页</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Find in this text</source>
        <translation>在文本中查找</translation>
    </message>
    <message>
        <source>Comment lines out or in</source>
        <translation>注释或取消注释</translation>
    </message>
    <message>
        <source>Complete the word</source>
        <translation>补全单词</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Run the selection or the statement at the cursor (Ctrl+Return)</source>
        <translation>运行选中内容或光标处的语句（Ctrl+Return）</translation>
    </message>
    <message>
        <source>Run all</source>
        <translation>全部运行</translation>
    </message>
    <message>
        <source>Run all statements, one result each (Ctrl+Shift+Return)</source>
        <translation>运行所有语句，每条一个结果（Ctrl+Shift+Return）</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the running statement (Ctrl+.)</source>
        <translation>停止正在运行的语句（Ctrl+.）</translation>
    </message>
    <message>
        <source>Show the grid</source>
        <translation>显示表格</translation>
    </message>
    <message>
        <source>Show the chart</source>
        <translation>显示图表</translation>
    </message>
    <message>
        <source>Show request and answer</source>
        <translation>显示请求与应答</translation>
    </message>
    <message>
        <source>Show messages</source>
        <translation>显示消息</translation>
    </message>
    <message>
        <source>Copy request as cURL</source>
        <translation>复制请求为 cURL</translation>
    </message>
    <message>
        <source>Command palette…</source>
        <translation>命令面板…</translation>
    </message>
    <message>
        <source>Show or hide the connections</source>
        <translation>显示或隐藏连接</translation>
    </message>
    <message>
        <source>Go to the connections</source>
        <translation>转到连接</translation>
    </message>
    <message>
        <source>Go to the text</source>
        <translation>转到文本</translation>
    </message>
    <message>
        <source>Go to the result</source>
        <translation>转到结果</translation>
    </message>
    <message>
        <source>Theme: %1</source>
        <translation>主题：%1</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language: %1</source>
        <translation>语言：%1</translation>
    </message>
    <message>
        <source>About Ondograph</source>
        <translation>关于 Ondograph</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Open the closed tab again</source>
        <translation>重新打开关闭的标签页</translation>
    </message>
    <message>
        <source>Choose the time zone…</source>
        <translation>选择时区…</translation>
    </message>
</context>
<context>
    <name>desktop::ExchangeView</name>
    <message>
        <source>… %1 more</source>
        <translation>… 还有 %1</translation>
    </message>
    <message>
        <source>Copy request as cURL</source>
        <translation>复制请求为 cURL</translation>
    </message>
    <message>
        <source>Copy request and answer</source>
        <translation>复制请求与应答</translation>
    </message>
    <message>
        <source>No request yet</source>
        <translation>还没有请求</translation>
    </message>
    <message>
        <source>Each statement is an HTTP request. Once one has run, the request and its answer are shown here as they went over the wire.</source>
        <translation>每条语句都是一个 HTTP 请求。运行之后，请求与应答会按线上传输的原样显示在这里。</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>应答</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Requests of this run</source>
        <translation>本次运行的请求</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>The answer has not ended yet.</source>
        <translation>应答尚未结束。</translation>
    </message>
</context>
<context>
    <name>desktop::MainWindow</name>
    <message>
        <source>No tab is open</source>
        <translation>没有打开的标签页</translation>
    </message>
    <message>
        <source>Open a SQL tab, or double-click a table in the list of connections.</source>
        <translation>打开一个 SQL 标签页，或双击连接列表中的表。</translation>
    </message>
    <message>
        <source>Query %1</source>
        <translation>查询 %1</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Statement</source>
        <translation>语句(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Connections</source>
        <translation>连接(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>The language changes when Ondograph is started again.</source>
        <translation>重新启动 Ondograph 后语言才会改变。</translation>
    </message>
    <message>
        <source>Ondograph %1 – a client for databases that are reached over HTTP.</source>
        <translation>Ondograph %1 – 通过 HTTP 访问的数据库的客户端。</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.</source>
        <translation>自由软件，遵循 GNU 通用公共许可证第 3 版或更高版本。</translation>
    </message>
    <message>
        <source>SQL texts (*.sql)</source>
        <translation>SQL 文本 (*.sql)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Open a SQL text</source>
        <translation>打开 SQL 文本</translation>
    </message>
    <message>
        <source>Save the SQL text</source>
        <translation>保存 SQL 文本</translation>
    </message>
    <message>
        <source>%1 was closed; its text is in no file.</source>
        <translation>%1 已关闭；其文本未保存到文件。</translation>
    </message>
    <message>
        <source>Open it again</source>
        <translation>重新打开</translation>
    </message>
</context>
<context>
    <name>desktop::MessagesView</name>
    <message>
        <source>Nothing has been run yet. What servers say, and what goes wrong, is written down here.</source>
        <translation>还没有运行过语句。服务器的消息和出现的问题都会记在这里。</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Statement:</source>
        <translation>语句：</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Clear messages</source>
        <translation>清空消息</translation>
    </message>
</context>
<context>
    <name>desktop::QueryTab</name>
    <message>
        <source>Connection that the statements run on</source>
        <translation>语句在哪个连接上运行</translation>
    </message>
    <message>
        <source>Rows of a result after which it is held, and you are asked</source>
        <translation>结果达到多少行时暂停并询问</translation>
    </message>
    <message>
        <source>There is no statement at the cursor.</source>
        <translation>光标处没有语句。</translation>
    </message>
    <message>
        <source>Place the cursor in a statement, or select the text to run.</source>
        <translation>请把光标放在语句中，或选中要运行的文本。</translation>
    </message>
    <message>
        <source>No connection is chosen.</source>
        <translation>没有选择连接。</translation>
    </message>
    <message>
        <source>Choose one in the bar below, or add one to the list of connections.</source>
        <translation>请在下方的栏中选择，或在连接列表中添加一个。</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>Show in full</source>
        <translation>查看全文</translation>
    </message>
    <message>
        <source>Limit %1</source>
        <translation>上限 %1</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>无上限</translation>
    </message>
</context>
<context>
    <name>desktop::ResultPage</name>
    <message>
        <source>Waiting for the answer</source>
        <translation>正在等待应答</translation>
    </message>
    <message>
        <source>%1 rows have come and the server has more.</source>
        <translation>已收到 %1 行，服务器还有更多。</translation>
    </message>
    <message>
        <source>The request is held for a minute; then the result stays cut at its row limit.</source>
        <translation>请求保留一分钟；之后结果按行数上限截断。</translation>
    </message>
    <message>
        <source>Go on for %1 more</source>
        <translation>再取 %1 行</translation>
    </message>
    <message>
        <source>Go on to the end</source>
        <translation>取到结束</translation>
    </message>
    <message>
        <source>End here</source>
        <translation>到此为止</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>No rows had come.</source>
        <translation>没有收到任何行。</translation>
    </message>
    <message>
        <source>The statement failed</source>
        <translation>语句失败</translation>
    </message>
    <message>
        <source>1 row affected</source>
        <translation>影响 1 行</translation>
    </message>
    <message>
        <source>%1 rows affected</source>
        <translation>影响 %1 行</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>The statement has no result set.</source>
        <translation>该语句没有结果集。</translation>
    </message>
    <message>
        <source>Cut at the row limit after %1 rows.</source>
        <translation>在 %1 行后因行数上限截断。</translation>
    </message>
    <message>
        <source>The request is closed. Going on runs the statement again from its start.</source>
        <translation>请求已关闭。继续将从头重新运行语句。</translation>
    </message>
    <message>
        <source>Run again for %1 rows</source>
        <translation>重新运行，取 %1 行</translation>
    </message>
    <message>
        <source>Run again for all rows</source>
        <translation>重新运行，取全部行</translation>
    </message>
    <message>
        <source>Broken off after %1: %2</source>
        <translation>在 %1 之后中断：%2</translation>
    </message>
</context>
<context>
    <name>desktop::ResultPanel</name>
    <message>
        <source>Grid</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>交换</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>No result yet</source>
        <translation>还没有结果</translation>
    </message>
    <message>
        <source>Run the statement at the cursor; its rows show here while they arrive.</source>
        <translation>运行光标处的语句；行会边到达边显示在这里。</translation>
    </message>
    <message>
        <source>%1: done in %2</source>
        <translation>%1：完成，用时 %2</translation>
    </message>
    <message>
        <source>Statements after this one that were not run: %1</source>
        <translation>其后未运行的语句数：%1</translation>
    </message>
    <message>
        <source>Running again with another row limit: %1</source>
        <translation>以另一个行数上限重新运行：%1</translation>
    </message>
    <message>
        <source>%1: %2 in %3, %4</source>
        <translation>%1：%2，用时 %3，%4</translation>
    </message>
</context>
<context>
    <name>desktop::StatusLine</name>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>%1 affected</source>
        <translation>影响 %1 行</translation>
    </message>
    <message>
        <source>Waiting for the answer…</source>
        <translation>正在等待应答…</translation>
    </message>
    <message>
        <source>The server says that it took %1 ms.</source>
        <translation>服务器称用时 %1 毫秒。</translation>
    </message>
    <message>
        <source>held at the row limit</source>
        <translation>停在行数上限</translation>
    </message>
    <message>
        <source>The request is held for up to a minute until you decide.</source>
        <translation>请求最多保留一分钟，等你决定。</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>%1 to the first</source>
        <translation>首行 %1</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>共 %1</translation>
    </message>
</context>
<context>
    <name>desktop::TimingBar</name>
    <message>
        <source>name</source>
        <translation>域名</translation>
    </message>
    <message>
        <source>connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>wait</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>receive</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>on a kept connection</source>
        <translation>沿用的连接</translation>
    </message>
    <message>
        <source>on a new connection</source>
        <translation>新的连接</translation>
    </message>
</context>
<context>
    <name>desktop::ZoneMenu</name>
    <message>
        <source>Default (UTC)</source>
        <translation>默认（UTC）</translation>
    </message>
    <message>
        <source>The connection&apos;s (%1)</source>
        <translation>连接的时区（%1）</translation>
    </message>
    <message>
        <source>This computer&apos;s (%1)</source>
        <translation>本机时区（%1）</translation>
    </message>
    <message>
        <source>Time zone in which this tab shows instants: %1</source>
        <translation>此标签页显示时刻所用的时区：%1</translation>
    </message>
</context>
<context>
    <name>editor::FindBar</name>
    <message>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Find in this text</source>
        <translation>在文本中查找</translation>
    </message>
    <message>
        <source>Find previous (Shift+Return)</source>
        <translation>查找上一个（Shift+Return）</translation>
    </message>
    <message>
        <source>Find next (Return)</source>
        <translation>查找下一个（Return）</translation>
    </message>
    <message>
        <source>Close (Escape)</source>
        <translation>关闭（Escape）</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
</context>
<context>
    <name>editor::ScriptEditor</name>
    <message>
        <source>SQL text</source>
        <translation>SQL 文本</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
</context>
<context>
    <name>grid::GridView</name>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Run a statement to see rows here</source>
        <translation>运行一条语句，行会显示在这里</translation>
    </message>
    <message>
        <source>Waiting for the first row …</source>
        <translation>正在等待第一行……</translation>
    </message>
    <message>
        <source>The statement returned no rows</source>
        <translation>语句没有返回行</translation>
    </message>
    <message>
        <source>%1
This does not fit the column&apos;s type (%2), so it is shown as it was sent.</source>
        <translation>%1
此值不符合列的类型（%2），因此按发送的原样显示。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy with headers</source>
        <translation>连同标题复制</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
</context>
<context>
    <name>grid::Header</name>
    <message>
        <source>no type: every value is NULL</source>
        <translation>无类型：每个值都是 NULL</translation>
    </message>
    <message>
        <source>boolean</source>
        <translation>布尔</translation>
    </message>
    <message>
        <source>whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>whole number, not negative</source>
        <translation>非负整数</translation>
    </message>
    <message>
        <source>binary floating point, 32 bits</source>
        <translation>二进制浮点数，32 位</translation>
    </message>
    <message>
        <source>binary floating point, 64 bits</source>
        <translation>二进制浮点数，64 位</translation>
    </message>
    <message>
        <source>decimal number, as sent</source>
        <translation>十进制数，按原样</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>bytes, shown in hex</source>
        <translation>字节，以十六进制显示</translation>
    </message>
    <message>
        <source>JSON, as sent</source>
        <translation>JSON，按原样</translation>
    </message>
    <message>
        <source>point in time</source>
        <translation>时间点</translation>
    </message>
    <message>
        <source>date and time without a zone</source>
        <translation>无时区的日期和时间</translation>
    </message>
    <message>
        <source>date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>time of day</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>interval</source>
        <translation>时间间隔</translation>
    </message>
    <message>
        <source>Server type: %1</source>
        <translation>服务器类型：%1</translation>
    </message>
    <message>
        <source>Shown as: %1</source>
        <translation>显示为：%1</translation>
    </message>
    <message>
        <source>Length: %1</source>
        <translation>长度：%1</translation>
    </message>
    <message>
        <source>Digits: %1, after the point: %2</source>
        <translation>位数：%1，小数位：%2</translation>
    </message>
    <message>
        <source>Zone: %1</source>
        <translation>时区：%1</translation>
    </message>
</context>
<context>
    <name>sandbox::Host</name>
    <message>
        <source>The connector &quot;%1&quot; has no sandbox.</source>
        <translation>连接器“%1”没有沙盒。</translation>
    </message>
</context>
<context>
    <name>sandbox::Server</name>
    <message>
        <source>The sandbox cannot listen on port %1 of 127.0.0.1: %2</source>
        <translation>沙盒无法监听 127.0.0.1 的端口 %1：%2</translation>
    </message>
    <message>
        <source>Choose another port, or let it take a free one.</source>
        <translation>请选择其他端口，或让它使用空闲端口。</translation>
    </message>
</context>
</TS>
