#include "program.hpp"

namespace baosong::integration {
namespace {

struct Attachment {
  std::string name, type, bytes;
};

std::string mail(int number, const std::string& from, const std::string& subject,
                 const std::string& text, const std::vector<Attachment>& files,
                 const std::string& more_headers = {}) {
  const std::string id = std::to_string(number);
  const std::string hour = std::to_string(10 + number % 8);
  std::string out = "Received: from mx.example by imap.example; Mon, 24 Oct 2022 " + hour + ":0" +
                    std::to_string(number % 10) + ":00 +0800\n" + "From: " + from +
                    "\nTo: jlqmxx@126.com\nSubject: " + subject + "\nMessage-ID: <" + id +
                    "@crash.example>\nDate: Mon, 24 Oct 2022 09:00:00 +0800\nMIME-Version: 1.0\n" +
                    more_headers;
  if (files.empty()) return out + "Content-Type: text/plain; charset=utf-8\n\n" + text + "\n";
  out += "Content-Type: multipart/mixed; boundary=b" + id + "\n\n";
  out += "--b" + id + "\nContent-Type: text/plain; charset=utf-8\n\n" + text + "\n";
  for (const Attachment& file : files) {
    out += "--b" + id + "\nContent-Type: " + file.type + "; name=\"" + file.name +
           "\"\nContent-Disposition: attachment; filename=\"" + file.name + "\"\n\n" + file.bytes +
           "\n";
  }
  return out + "--b" + id + "--\n";
}

const std::string kPdf = "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF";

}  // namespace

std::vector<std::pair<std::string, std::string>> sample_mails() {
  const std::string chaoyang = "chaoyang <cy_demo@126.com>";
  const std::string dehui = "dehui <dh_demo@163.com>";
  std::vector<std::string> mails{
      mail(1, chaoyang, "朝阳区教育局终身学习活动周材料", "您好，材料见附件。",
           {{"附件2先进单位申报表.pdf", "application/pdf", kPdf}}),
      mail(2, chaoyang, "朝阳区教育局补充材料", "补充附件3。",
           {{"附件3先进单位汇总表.pdf", "application/pdf", kPdf}}),
      mail(3, dehui, "德惠市教育局材料", "见附件。",
           {{"附件4先进个人申报表.docx", "application/octet-stream", "PK not a docx"}}),
      mail(4, "someone <who_demo@qq.com>", "材料", "见附件。",
           {{"先进个人申报表.pdf", "application/pdf", kPdf}}),
      mail(5, "someone <who_demo@qq.com>", "材料再报", "再报一次。",
           {{"先进单位汇总表.pdf", "application/pdf", kPdf}}),
      mail(6, "ask <ask_demo@qq.com>", "请问", "请问照片要求多大？", {}),
      mail(7, "robot <robot_demo@126.com>", "自动回复", "您的邮件已收到。", {},
           "Auto-Submitted: auto-replied\n"),
      mail(8, "Mailer-Daemon <MAILER-DAEMON@126.com>", "Undelivered Mail Returned to Sender",
           "The mail could not be delivered.", {}, "Auto-Submitted: auto-generated\n"),
      mail(9, "nanguan <ng_demo@126.com>", "南关区教育局无推荐",
           "南关区教育局：我区无先进个人推荐。", {}),
      mail(10, "two <two_demo@126.com>", "宽城区教育局材料", "见附件。",
           {{"绿园区教育局先进单位申报表.pdf", "application/pdf", kPdf}}),
      mail(11, dehui, "德惠市教育局照片", "照片见附件。",
           {{"社区书法课堂.jpg", "image/jpeg", "\xff\xd8 cut"}}),
      std::string(),
      std::string("\0\x01\xfe rubbish without a header", 28),
  };
  mails.push_back(mails.front());  // delivered twice
  std::vector<std::pair<std::string, std::string>> named;
  for (std::size_t i = 0; i < mails.size(); ++i) {
    named.emplace_back(std::to_string(1'666'598'400 + i) + ".M" + std::to_string(i) + ".test",
                       mails[i]);
  }
  return named;
}

}  // namespace baosong::integration
